package io.netgear.transport.netty;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.Security;
import io.netgear.spi.BufferPool;
import io.netgear.spi.Deadline;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.Ticker;
import io.netgear.spi.Transport;
import io.netgear.testkit.LeakCheckingPool;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Opens links for tests, and closes them again. */
final class Links implements AutoCloseable {
  static final Address ANY_PORT = new Address("tcp", "127.0.0.1", 0);

  final LeakCheckingPool pool;
  private final Deque<Link> open = new ArrayDeque<>();
  private final Transport transport;

  Links() {
    this(new NettyTransport(), new LeakCheckingPool());
  }

  Links(Transport transport, LeakCheckingPool pool) {
    this.transport = transport;
    this.pool = pool;
  }

  Transport transport() {
    return transport;
  }

  Link bound(LinkRole role) {
    return open(role, true, List.of(ANY_PORT), Events.NONE, 64 << 20, 1);
  }

  Link connected(LinkRole role, Link to) {
    return open(role, false, to.addresses(), Events.NONE, 64 << 20, 1);
  }

  Link open(
      LinkRole role,
      boolean bind,
      List<Address> addresses,
      Events events,
      long maxMessageBytes,
      int depth) {
    Link link = transport.open(spec(pool, role, bind, addresses, events, maxMessageBytes, depth));
    open.push(link);
    return link;
  }

  /** Inside TLS. */
  Link open(
      LinkRole role, boolean bind, List<Address> addresses, Events events, Security security) {
    Link link = transport.open(spec(pool, role, bind, addresses, events, 64 << 20, 1, security));
    open.push(link);
    return link;
  }

  static LinkSpec spec(
      BufferPool pool,
      LinkRole role,
      boolean bind,
      List<Address> addresses,
      Events events,
      long max,
      int depth) {
    return spec(pool, role, bind, addresses, events, max, depth, Security.NONE);
  }

  static LinkSpec spec(
      BufferPool pool,
      LinkRole role,
      boolean bind,
      List<Address> addresses,
      Events events,
      long max,
      int depth,
      Security security) {
    return new LinkSpec(
        role,
        bind,
        addresses,
        depth,
        max,
        security,
        pool,
        events,
        Ticker.SYSTEM,
        role.name().toLowerCase(Locale.ROOT));
  }

  static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), Ticker.SYSTEM);
  }

  static Message text(String... parts) {
    PooledBuffer[] buffers = new PooledBuffer[parts.length];
    for (int i = 0; i < parts.length; i++) {
      buffers[i] =
          PooledBuffer.unpooled(ByteBuffer.wrap(parts[i].getBytes(StandardCharsets.UTF_8)));
    }
    return Message.of(buffers);
  }

  static String text(Message message, int part) {
    return StandardCharsets.UTF_8.decode(message.part(part).duplicate()).toString();
  }

  /** The first part, as text, of what comes; null when nothing does. Closes the message. */
  static String receiveText(Link link, long millis) {
    try (Message message = link.receive(in(millis))) {
      return message == null ? null : text(message, 0);
    }
  }

  @Override
  public void close() {
    open.forEach(Link::close);
  }
}
