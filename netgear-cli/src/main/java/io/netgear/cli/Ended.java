package io.netgear.cli;

import java.util.Locale;

/** Why a command stopped streaming. */
enum Ended {
  /** In good order: the source or the peer was done, or somebody stopped either end. */
  GOODBYE,
  /** Nothing came, or nobody answered, for too long. */
  TIMEOUT,
  /** As many frames or seconds as were asked for. */
  LIMIT,
  /** Something failed. */
  ERROR;

  /** As JSON spells it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
