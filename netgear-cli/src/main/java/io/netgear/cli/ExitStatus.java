package io.netgear.cli;

/** What the shell is told. */
final class ExitStatus {
  /** All went as asked. */
  static final int FINE = 0;

  /** Asked rightly, but it failed: a peer, a file, a codec. */
  static final int FAILED = 1;

  /** Asked wrongly: nothing was opened. */
  static final int USAGE = 2;

  private ExitStatus() {}
}
