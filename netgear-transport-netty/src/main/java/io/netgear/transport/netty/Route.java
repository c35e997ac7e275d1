package io.netgear.transport.netty;

import java.net.SocketAddress;
import java.util.List;

/**
 * Where an address may be found, and which of these places is tried next: each in turn, but again
 * and again the one where the peer was met. Belongs to the event loop.
 */
final class Route {
  private List<SocketAddress> places;
  private SocketAddress tried;
  private int next;

  /**
   * @param places at least one
   */
  Route(List<SocketAddress> places) {
    this.places = List.copyOf(places);
    this.tried = this.places.get(0);
  }

  /** The place to try now. */
  SocketAddress next() {
    tried = places.get(next);
    next = (next + 1) % places.size();
    return tried;
  }

  /** The peer was met where it was tried last. */
  void met() {
    int at = places.indexOf(tried);
    next = at < 0 ? next : at;
  }

  /** The host was looked up again; where nothing was found, all stays as it was. */
  void lookedUp(List<SocketAddress> found) {
    if (!found.isEmpty() && !found.equals(places)) {
      places = List.copyOf(found);
      next = 0;
    }
  }
}
