package io.netgear.internal.runtime;

import io.netgear.Address;
import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.Peer;
import io.netgear.Receipt;
import io.netgear.StreamEnd;
import io.netgear.WireFormatException;

/** Names the peer by where the tunnel leads, instead of by the tunnel's local end. */
final class TunnelledEvents implements Events {
  private final Events events;
  private final String target;

  TunnelledEvents(Events events, Address target) {
    this.events = events;
    this.target = target.toString();
  }

  private Peer real(Peer peer) {
    return new Peer(target, peer.id());
  }

  @Override
  public void connected(Peer peer) {
    events.connected(real(peer));
  }

  @Override
  public void lost(Peer peer) {
    events.lost(real(peer));
  }

  @Override
  public void left(Peer peer) {
    events.left(real(peer));
  }

  @Override
  public void reconnected(int failures) {
    events.reconnected(failures);
  }

  @Override
  public void dropped(DropReason reason, long count) {
    events.dropped(reason, count);
  }

  @Override
  public void refused(Peer peer, String reason) {
    events.refused(real(peer), reason);
  }

  @Override
  public void warned(String warning) {
    events.warned(warning);
  }

  @Override
  public void badMessage(Peer peer, WireFormatException why) {
    events.badMessage(real(peer), why);
  }

  @Override
  public void senderEnded(String port, StreamEnd how) {
    events.senderEnded(port, how);
  }

  @Override
  public void senderBack(String port) {
    events.senderBack(port);
  }

  @Override
  public void receiverLost(String port, Receipt.Status why) {
    events.receiverLost(port, why);
  }

  @Override
  public void receiverBack(String port) {
    events.receiverBack(port);
  }

  @Override
  public void ended(StreamEnd end) {
    events.ended(end);
  }
}
