package io.netgear;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How many colour samples a JPEG keeps for its luma samples. */
public enum Subsampling {
  /** Full colour resolution. */
  S444("4:4:4"),
  /** Half horizontally: the default, and what the Python peer always sends. */
  S422("4:2:2"),
  /** Half in both directions: the smallest of the common ones. */
  S420("4:2:0"),
  /** Half vertically. */
  S440("4:4:0"),
  /** A quarter horizontally. */
  S411("4:1:1"),
  /** No colour at all: a one-component JPEG, also from colour pixels. */
  GRAY("gray");

  private final String label;

  Subsampling(String label) {
    this.label = label;
  }

  /** The usual spelling, such as {@code 4:2:2}. */
  public String label() {
    return label;
  }

  /**
   * The sampling spelled {@code label} ({@code 4:2:2}, {@code 422} or {@code gray}), in any case.
   */
  public static Optional<Subsampling> of(String label) {
    String bare = label.replace(":", "");
    return Arrays.stream(values())
        .filter(s -> s.label.replace(":", "").equalsIgnoreCase(bare))
        .findFirst();
  }

  /** All spellings, for error messages. */
  public static String labels() {
    return Arrays.stream(values()).map(Subsampling::label).collect(Collectors.joining(", "));
  }
}
