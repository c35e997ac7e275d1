package io.netgear.cli;

import io.netgear.Events;
import io.netgear.Peer;
import io.netgear.Receipt.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which receivers said that they are closing, so that a sender ends with the last of them. For any
 * thread.
 *
 * <p>In multi-client mode the sender knows how many there are, and by which port each is told of: a
 * receiver that is back has not left. Else whoever is connected counts. There, an end that was cut
 * off has not left, and is waited for.
 */
final class Departures implements Events {
  /** Connections of those that have not said that they leave, by address. */
  private final Map<String, Integer> there = new HashMap<>();

  /** Connections of those that have said so, and are about to be lost. */
  private final Map<String, Integer> leaving = new HashMap<>();

  /** Of those that left before it was told that they are connected. */
  private final Map<String, Integer> early = new HashMap<>();

  private final Set<String> portsThatLeft = new HashSet<>();
  private boolean portFollows;
  private boolean left;

  @Override
  public synchronized void connected(Peer peer) {
    add(take(early, peer) ? leaving : there, peer);
  }

  @Override
  public synchronized void lost(Peer peer) {
    if (!take(leaving, peer)) {
      boolean unused = take(there, peer);
    }
  }

  @Override
  public synchronized void left(Peer peer) {
    left = true;
    portFollows = true;
    if (take(there, peer)) {
      add(leaving, peer);
    } else if (!leaving.containsKey(peer.address())) {
      add(early, peer);
    }
  }

  @Override
  public synchronized void receiverLost(String port, Status why) {
    if (portFollows) {
      portsThatLeft.add(port);
    }
    portFollows = false;
  }

  @Override
  public synchronized void receiverBack(String port) {
    portsThatLeft.remove(port);
  }

  /** Somebody is there who takes frames. */
  synchronized void acknowledged() {
    left = false;
  }

  /**
   * Whether nobody is left to send to.
   *
   * @param receivers how many addresses the sender has
   */
  synchronized boolean allLeft(int receivers) {
    return receivers > 1 ? portsThatLeft.size() >= receivers : left && there.isEmpty();
  }

  private static void add(Map<String, Integer> connections, Peer peer) {
    connections.merge(peer.address(), 1, Integer::sum);
  }

  private static boolean take(Map<String, Integer> connections, Peer peer) {
    Integer count = connections.get(peer.address());
    if (count == null) {
      return false;
    }
    if (count == 1) {
      connections.remove(peer.address());
    } else {
      connections.put(peer.address(), count - 1);
    }
    return true;
  }
}
