package io.netgear;

import io.netgear.internal.options.End;

/**
 * Asks for a sender, step by step; see {@link EndpointBuilder}. Connects to {@code
 * tcp://localhost:5555} unless told otherwise.
 */
public final class SenderBuilder extends EndpointBuilder<SenderBuilder> {
  SenderBuilder() {
    super(End.SENDER);
  }

  @Override
  SenderBuilder self() {
    return this;
  }
}
