package io.netgear.testkit;

/** What goes wrong with links of one name. Guarded by the network's lock. */
final class LinkFaults {
  int drops;
  boolean holding;
  boolean isolated;

  /** Whether the message that is being sent gets lost. */
  boolean takeDrop() {
    if (drops == 0) {
      return false;
    }
    drops--;
    return true;
  }
}
