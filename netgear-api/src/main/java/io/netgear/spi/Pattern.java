package io.netgear.spi;

import io.netgear.QueuePolicy;
import java.util.List;
import java.util.Set;

/**
 * What is said about a frame: who acknowledges, how long to wait, when to give up, how to say
 * goodbye. Knows neither pixels nor sockets nor JSON.
 */
public interface Pattern extends Provider {
  /**
   * The number by which the Python peer calls it: 0 pair, 1 request-reply, 2 publish-subscribe; -1
   * for others.
   */
  int number();

  /** The role of the link of the end that sends frames. */
  LinkRole senderRole();

  /** The role of the link of the end that receives frames. */
  LinkRole receiverRole();

  /** What it can do. */
  Set<Feature> features();

  /** What a receiver's queue does unless told otherwise. */
  QueuePolicy defaultQueue();

  /** Messages that links of this pattern should queue a peer: few, for the sake of freshness. */
  default int linkQueueDepth() {
    return 1;
  }

  /** The sender's side. */
  SendConversation sending(Dialogue dialogue);

  /**
   * The sender's side in multi-client mode, where the pattern acknowledges: a dialogue over a link
   * of its own with each receiver, all with the same conduct. Never asked of a pattern without
   * {@link Feature#MULTI_CLIENT} and {@link Feature#ACKNOWLEDGES}; others send to all their
   * receivers over one link.
   */
  default SendConversation sending(List<Dialogue> receivers) {
    throw new UnsupportedOperationException(
        "Pattern " + name() + " has no conversation with several receivers.");
  }

  /** The receiver's side. */
  ReceiveConversation receiving(Dialogue dialogue, Inbox inbox);
}
