package io.netgear.transport.zmq;

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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Opens links for tests, and closes them again. */
final class Links implements AutoCloseable {
  static final Address ANY_PORT = new Address("tcp", "127.0.0.1", 0);

  final TestPool pool;
  private final Deque<Link> open = new ArrayDeque<>();
  private final ZmqTransport transport = new ZmqTransport();

  Links() {
    this(new TestPool(256L << 20));
  }

  Links(TestPool pool) {
    this.pool = pool;
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

  static LinkSpec spec(
      BufferPool pool,
      LinkRole role,
      boolean bind,
      List<Address> addresses,
      Events events,
      long max,
      int depth) {
    return new LinkSpec(
        role,
        bind,
        addresses,
        depth,
        max,
        Security.NONE,
        pool,
        events,
        Ticker.SYSTEM,
        role.name().toLowerCase(java.util.Locale.ROOT));
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

  /** A frame: a small header and a pooled payload, whose every byte depends on its number. */
  Message frame(int number, int bytes) {
    PooledBuffer payload = pool.acquire(bytes);
    fill(payload.bytes(), number);
    return Message.of(
        PooledBuffer.unpooled(
            ByteBuffer.wrap(("frame " + number).getBytes(StandardCharsets.UTF_8))),
        payload);
  }

  static void fill(ByteBuffer bytes, int number) {
    for (int i = 0; i + 8 <= bytes.limit(); i += 8) {
      bytes.putLong(i, (long) number * 0x9E3779B97F4A7C15L + i);
    }
  }

  static boolean intact(ByteBuffer bytes, int number) {
    for (int i = 0; i + 8 <= bytes.limit(); i += 8) {
      if (bytes.getLong(i) != (long) number * 0x9E3779B97F4A7C15L + i) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    open.forEach(Link::close);
  }
}
