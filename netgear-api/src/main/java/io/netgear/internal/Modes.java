package io.netgear.internal;

import io.netgear.Address;

/**
 * Whether there are several senders or several receivers, who are told apart by their ports.
 *
 * @param multiServer whether several senders send to one receiver
 * @param multiClient whether one sender sends to several receivers
 * @param broadcast whether each frame goes to all of several receivers, where the pattern would
 *     give it to one in turn
 * @param ownPort what an end of its own port calls itself, a String or a number as it was given;
 *     null to call itself by the port that it uses, and for an end of several ports
 */
public record Modes(boolean multiServer, boolean multiClient, boolean broadcast, Object ownPort) {
  /** One sender and one receiver. */
  public static final Modes PLAIN = new Modes(false, false, false, null);

  /** What a sender at {@code address} puts into its messages; null for nothing. */
  public Object senderPort(Address address) {
    return multiServer ? portAt(address) : null;
  }

  /** What a receiver at {@code address} puts into its answers; null for nothing. */
  public Object receiverPort(Address address) {
    return multiClient ? portAt(address) : null;
  }

  private Object portAt(Address address) {
    return ownPort == null ? (Object) address.port() : ownPort;
  }
}
