package io.netgear.transport.netty;

import io.netgear.Peer;
import java.util.ArrayDeque;

/** What waits for a peer, and what waits from it. Guarded by the lock of its {@link Peers}. */
final class Lane {
  final Connection connection;
  final Peer peer;
  final ArrayDeque<Outgoing> outbox = new ArrayDeque<>();
  final ArrayDeque<Received> inbox = new ArrayDeque<>();
  final Subscriptions subscriptions = new Subscriptions();

  /** Messages in the outbox, and the one that is being written. */
  int pending;

  /** Both ends have shaken hands, and the connection has not ended. */
  boolean ready;

  /** Given up: nothing that still comes from it counts. */
  boolean doomed;

  /** It reads nothing until there is room. */
  boolean paused;

  /** Requests in a row that it did not answer in time. */
  int unanswered;

  Lane(Connection connection, Peer peer) {
    this.connection = connection;
    this.peer = peer;
  }
}
