package io.netgear.internal.options;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a builder was told so far, unchecked. What is said last about an option counts. Belongs to
 * one thread.
 */
public final class Draft {
  private static final AtomicInteger ENDS = new AtomicInteger();

  private final End end;
  private final String madeUpName;
  private final Map<Option, Given> given = new EnumMap<>(Option.class);
  private final List<String> unknown = new ArrayList<>();
  private boolean lenient;
  private ClassLoader plugins;

  /**
   * A value and how it came.
   *
   * @param setter the builder's method; null for the option's name
   */
  record Given(Object value, String setter) {}

  /** For one end. */
  public Draft(End end) {
    this.end = end;
    this.madeUpName =
        end.label() + "-" + ProcessHandle.current().pid() + "-" + ENDS.incrementAndGet();
  }

  /** Sets an option by a builder's method. */
  public void set(Option option, Object value, String setter) {
    given.put(option, new Given(Objects.requireNonNull(value, option.key()), setter));
  }

  /** Sets an option by its name; null, as in Python, leaves it out. */
  public void put(String key, Object value) {
    Objects.requireNonNull(key, "an option's name");
    if (value == null) {
      return;
    }
    Option.of(key)
        .ifPresentOrElse(
            option -> given.put(option, new Given(value, null)), () -> unknown.add(key));
  }

  /**
   * Sets an option as a command line spells it.
   *
   * @throws IllegalArgumentException unless it is of the form {@code name=value}
   */
  public void put(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "Option '"
              + assignment
              + "' is not of the form name=value, such as jpeg_compression_quality=95.");
    }
    String key = assignment.substring(0, equals).strip();
    String text = assignment.substring(equals + 1).strip();
    put(key, Option.of(key).map(option -> option.kind().fromText(text)).orElse(text));
  }

  /** Falls back to defaults, with warnings, where a value is wrong. */
  public void lenient() {
    lenient = true;
  }

  /** Looks for plug-ins through {@code loader}. */
  public void plugins(ClassLoader loader) {
    plugins = loader;
  }

  End end() {
    return end;
  }

  String madeUpName() {
    return madeUpName;
  }

  Map<Option, Given> given() {
    return given;
  }

  List<String> unknown() {
    return unknown;
  }

  boolean isLenient() {
    return lenient;
  }

  ClassLoader plugins() {
    return plugins;
  }
}
