package io.netgear.internal.runtime;

import io.netgear.Address;
import io.netgear.TransportException;
import io.netgear.internal.Tunnelling;
import io.netgear.spi.Deadline;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Link;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.spi.Tunnel;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * A link through a tunnel: connects to the tunnel's local end, and is known by where that leads.
 *
 * <p>When the tunnel fails for good, whoever waits in the link is woken, and sending and receiving
 * throw the tunnel's reason.
 */
final class TunnelledLink implements Link {
  private final Address target;
  private volatile Tunnel tunnel;
  private volatile Link link;
  private volatile boolean closing;
  private volatile TransportException failure;

  private TunnelledLink(Address target) {
    this.target = target;
  }

  /**
   * Opens the tunnel, then the link.
   *
   * @param connect opens the link to an address
   */
  static Link open(Tunnelling tunnelling, Function<Address, Link> connect) {
    TunnelledLink whole = new TunnelledLink(tunnelling.spec().target());
    Tunnel tunnel = tunnelling.provider().open(tunnelling.spec(), whole::failed);
    whole.tunnel = tunnel;
    try {
      whole.link = connect.apply(tunnel.local());
    } catch (RuntimeException | Error e) {
      tunnel.close();
      throw e;
    }
    whole.closeIfFailed();
    return whole;
  }

  private void failed(TransportException reason) {
    failure = reason;
    closeIfFailed();
  }

  private void closeIfFailed() {
    Link opened = link;
    if (failure != null && opened != null) {
      opened.close();
    }
  }

  private void throwFailure() {
    TransportException reason = failure;
    if (reason != null && !closing) {
      throw new TransportException(reason.getMessage(), reason);
    }
  }

  @Override
  public SendResult send(Message message, Deadline deadline) {
    SendResult result = link.send(message, deadline);
    if (result != SendResult.SENT) {
      throwFailure();
    }
    return result;
  }

  @Override
  public Message receive(Deadline deadline) {
    Message message = link.receive(deadline);
    if (message == null) {
      throwFailure();
    }
    return message;
  }

  @Override
  public void reply(Message message) {
    link.reply(message);
  }

  @Override
  public void abandon() {
    link.abandon();
  }

  @Override
  public boolean canTakeBack() {
    return link.canTakeBack();
  }

  @Override
  public void takeBack(PooledBuffer part) {
    link.takeBack(part);
  }

  @Override
  public boolean canLetGo() {
    return link.canLetGo();
  }

  @Override
  public boolean letGo(PooledBuffer part, PooledBuffer spare) {
    return link.letGo(part, spare);
  }

  @Override
  public boolean show(FrameHeader header, PooledBuffer payload) {
    return link.show(header, payload);
  }

  @Override
  public List<URI> webAddresses() {
    return link.webAddresses();
  }

  @Override
  public List<Address> addresses() {
    return List.of(target);
  }

  @Override
  public boolean closed() {
    return link.closed();
  }

  @Override
  public long connectionsMade() {
    return link.connectionsMade();
  }

  /** The link first, so that what it still holds passes through. */
  @Override
  public void close() {
    closing = true;
    link.close();
    tunnel.close();
  }
}
