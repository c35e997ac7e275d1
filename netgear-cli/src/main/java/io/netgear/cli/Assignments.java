package io.netgear.cli;

import io.netgear.EndpointBuilder;

/**
 * Flags as options by name: text goes to the builder as it was typed, so that all that is wrong is
 * found in one place and told together.
 */
record Assignments(EndpointBuilder<?> builder) {
  static Assignments to(EndpointBuilder<?> builder) {
    return new Assignments(builder);
  }

  /** Sets the option unless {@code text} is null. */
  Assignments set(String key, String text) {
    if (text != null) {
      builder.option(key + "=" + text);
    }
    return this;
  }

  /** Sets the option to true if {@code on}. */
  Assignments set(String key, boolean on) {
    return set(key, on ? "true" : null);
  }
}
