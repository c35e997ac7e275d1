package io.netgear.testkit;

import io.netgear.Peer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One end of a connection, with the queue of what came for it. Guarded by the network's lock.
 *
 * <p>An end outlives its connection until its queue is empty: what had arrived is still received.
 */
final class LinkEnd {
  final InMemoryLink link;
  final Peer peer;
  final Deque<Envelope> queue = new ArrayDeque<>();
  final Deque<Envelope> held = new ArrayDeque<>();

  /** The other end; null once the connection is lost. */
  LinkEnd other;

  LinkEnd(InMemoryLink link, Peer peer) {
    this.link = link;
    this.peer = peer;
  }

  boolean connected() {
    return other != null;
  }

  int queued() {
    return queue.size() + held.size();
  }

  void discardQueue() {
    discard(queue);
    discardHeld();
  }

  void discardHeld() {
    discard(held);
  }

  private static void discard(Deque<Envelope> envelopes) {
    while (!envelopes.isEmpty()) {
      envelopes.remove().message().close();
    }
  }
}
