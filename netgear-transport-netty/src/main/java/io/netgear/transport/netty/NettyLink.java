package io.netgear.transport.netty;

import io.netgear.Address;
import io.netgear.spi.Deadline;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.spi.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A link whose connections live on a thread of its own ({@link LinkLoop}); calls meet it in {@link
 * Peers}, and wait nowhere else.
 */
final class NettyLink implements Link {
  /** How long a frame is waited for that is lent, until what is left of it is copied. */
  private static final Duration LENT_LIMIT = Duration.ofMillis(10);

  private final LinkRole role;
  private final Ticker ticker;
  private final EventTeller teller;
  private final Peers peers;
  private final LinkLoop loop;
  private final List<Address> addresses;
  private final AtomicBoolean closing = new AtomicBoolean();

  NettyLink(LinkSpec spec, Carrier carrier, Timing timing) {
    this.role = spec.role();
    this.ticker = spec.ticker();
    this.teller = new EventTeller(spec.events(), spec.name());
    Tls tls = openTls(spec);
    this.peers = new Peers(spec);
    try {
      this.loop = new LinkLoop(spec, carrier, timing, tls, teller, peers);
      this.addresses = loop.open();
    } catch (RuntimeException e) {
      if (tls != null) {
        tls.close();
      }
      teller.close();
      throw e;
    }
  }

  private Tls openTls(LinkSpec spec) {
    if (!(spec.security() instanceof TlsSecurity security)) {
      return null;
    }
    try {
      return security.open(spec.bind(), spec.web() != null, teller::warned);
    } catch (RuntimeException e) {
      teller.close();
      throw e;
    }
  }

  @Override
  public SendResult send(Message message, Deadline deadline) {
    if (!role.sends()) {
      message.close();
      throw new IllegalStateException("A " + role + " link does not send first; use reply.");
    }
    if (role == LinkRole.PUBLISH) {
      return peers.publish(message, teller::dropped);
    }
    if (role == LinkRole.REQUEST && peers.replyAwaited() && !closed()) {
      message.close();
      throw new IllegalStateException(
          "The last request still awaits its reply: receive it or abandon it first.");
    }
    try {
      return peers.send(message, deadline);
    } finally {
      peers.giveInterruptBack();
    }
  }

  @Override
  public Message receive(Deadline deadline) {
    if (!role.receives() && role != LinkRole.REQUEST) {
      throw new IllegalStateException("A " + role + " link receives nothing.");
    }
    if (role == LinkRole.REQUEST && !peers.replyAwaited() && !closed()) {
      throw new IllegalStateException("No request awaits a reply: send one first.");
    }
    try {
      return peers.receive(deadline);
    } finally {
      peers.giveInterruptBack();
    }
  }

  @Override
  public void reply(Message message) {
    if (role != LinkRole.REPLY && role != LinkRole.PAIR) {
      message.close();
      throw new IllegalStateException("A " + role + " link does not reply.");
    }
    peers.reply(message);
  }

  @Override
  public void abandon() {
    if (role == LinkRole.PAIR) {
      peers.abandonAll().forEach(lane -> lane.connection.giveUpSoon());
    } else if (role == LinkRole.REQUEST) {
      Lane silent = peers.abandonRequest();
      if (silent != null) {
        silent.connection.giveUpSoon();
      }
    } else {
      throw new IllegalStateException("A " + role + " link awaits no reply.");
    }
  }

  @Override
  public boolean canTakeBack() {
    return true;
  }

  @Override
  public void takeBack(PooledBuffer part) {
    loop.takeBack(part);
    peers.forgetLast();
  }

  @Override
  public boolean canLetGo() {
    return loop.canLetGo();
  }

  @Override
  public boolean letGo(PooledBuffer part, PooledBuffer spare) {
    if (!canLetGo()) {
      return Link.super.letGo(part, spare);
    }
    try {
      return peers.awaitGone(part, Deadline.after(LENT_LIMIT, ticker)) || loop.letGo(part, spare);
    } finally {
      peers.forgetLast();
      peers.giveInterruptBack();
    }
  }

  @Override
  public boolean show(FrameHeader header, PooledBuffer payload) {
    return loop.web() != null && loop.web().show(header, payload);
  }

  @Override
  public List<URI> webAddresses() {
    return loop.web() == null ? List.of() : loop.web().addresses();
  }

  @Override
  public List<Address> addresses() {
    return addresses;
  }

  @Override
  public long connectionsMade() {
    return peers.made();
  }

  @Override
  public boolean closed() {
    return peers.closed();
  }

  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      peers.close();
      loop.close();
      teller.close();
    }
  }
}
