package io.netgear.internal.options;

import java.util.Locale;

/** The two ends of a stream. */
public enum End {
  SENDER,
  RECEIVER;

  /** In words. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
