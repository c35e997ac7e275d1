package io.netgear.testkit;

import io.netgear.Address;
import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.Peer;
import io.netgear.spi.BufferPool;
import io.netgear.spi.Deadline;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A link whose peers are other links of the same {@link InMemoryNetwork}. All state is guarded by
 * the network's lock.
 *
 * <p>Whole in spite of its length: the seven roles share one queue discipline, and what differs
 * between them (whom to send to, what ends a wait, what a reply belongs to) is a line each.
 */
final class InMemoryLink implements Link {
  private static final Peer NOBODY = Peer.at("mem://nobody:0");

  final LinkSpec spec;

  private final InMemoryNetwork network;
  private final List<Address> addresses;

  /** Connected ends, and lost ones whose queue is not empty yet; the order is that of attaching. */
  private final List<LinkEnd> ends = new ArrayList<>();

  private final Map<Address, LinkEnd> called = new HashMap<>();
  private long connectionsMade;
  private int nextToSend;
  private int nextToReceive;
  private long requests;

  /** The request whose reply is awaited; 0 for none. */
  private long awaited;

  /** Where the last message came from; null once it was answered, and before the first. */
  private LinkEnd returnEnd;

  private long returnId;
  private boolean closed;

  InMemoryLink(InMemoryNetwork network, LinkSpec spec, List<Address> addresses) {
    this.network = network;
    this.spec = spec;
    this.addresses = addresses;
  }

  @Override
  public SendResult send(Message message, Deadline deadline) {
    network.lock.lock();
    try (message) {
      requireRole(spec.role().sends(), "send");
      if (awaited != 0 && !closed) {
        throw new IllegalStateException(
            "Link '" + spec.name() + "' awaits a reply: receive or abandon it before sending.");
      }
      return spec.role() == LinkRole.PUBLISH ? publish(message) : sendToOne(message, deadline);
    } finally {
      network.lock.unlock();
      network.events.tell();
    }
  }

  private SendResult sendToOne(Message message, Deadline deadline) {
    while (true) {
      if (closed) {
        return SendResult.CLOSED;
      }
      LinkEnd end = nextWithRoom();
      if (end != null) {
        long id = 0;
        if (spec.role() == LinkRole.REQUEST) {
          id = ++requests;
          awaited = id;
        }
        transmit(end, message, id);
        return SendResult.SENT;
      }
      if (deadline.passed() || !await(deadline)) {
        return connections() > 0 ? SendResult.TIMED_OUT : SendResult.NO_PEER;
      }
    }
  }

  private SendResult publish(Message message) {
    if (closed) {
      return SendResult.CLOSED;
    }
    int sent = 0;
    int dropped = 0;
    for (LinkEnd end : ends) {
      if (hasRoom(end)) {
        transmit(end, message, 0);
        sent++;
      } else if (end.connected()) {
        dropped++;
      }
    }
    if (dropped > 0) {
      long count = dropped;
      tell(events -> events.dropped(DropReason.QUEUE_FULL, count));
    }
    return sent > 0 ? SendResult.SENT : SendResult.DROPPED;
  }

  @Override
  public Message receive(Deadline deadline) {
    network.lock.lock();
    try {
      requireRole(spec.role().receives() || spec.role() == LinkRole.REQUEST, "receive");
      returnEnd = null;
      while (!closed) {
        Envelope envelope = takeNext();
        if (envelope != null) {
          network.changed.signalAll();
          return envelope.message();
        }
        if (deadline.passed() || !await(deadline)) {
          return null;
        }
      }
      return null;
    } finally {
      network.lock.unlock();
    }
  }

  @Override
  public void reply(Message message) {
    network.lock.lock();
    try (message) {
      requireRole(spec.role() == LinkRole.REPLY || spec.role() == LinkRole.PAIR, "reply");
      if (closed) {
        return;
      }
      if (returnEnd == null) {
        throw new IllegalStateException(
            "Link '" + spec.name() + "' has no message to reply to: each is answered once.");
      }
      LinkEnd end = returnEnd;
      returnEnd = null;
      if (hasRoom(end)) {
        transmit(end, message, returnId);
      }
    } finally {
      network.lock.unlock();
      network.events.tell();
    }
  }

  @Override
  public void abandon() {
    network.change(
        () -> {
          requireRole(
              spec.role() == LinkRole.REQUEST || spec.role() == LinkRole.PAIR, "abandon a reply");
          if (closed) {
            return;
          }
          awaited = 0;
          if (spec.role() == LinkRole.PAIR) {
            // A pair has no request numbers: only a new connection tells old replies from new ones.
            disconnect();
          }
          discardQueues();
          network.connectAll();
        });
  }

  @Override
  public List<Address> addresses() {
    return addresses;
  }

  @Override
  public long connectionsMade() {
    network.lock.lock();
    try {
      return connectionsMade;
    } finally {
      network.lock.unlock();
    }
  }

  @Override
  public boolean closed() {
    network.lock.lock();
    try {
      return closed;
    } finally {
      network.lock.unlock();
    }
  }

  @Override
  public void close() {
    network.change(
        () -> {
          if (closed) {
            return;
          }
          closed = true;
          releaseHeld();
          disconnect();
          discardQueues();
          network.remove(this);
        });
  }

  int connections() {
    int count = 0;
    for (LinkEnd end : ends) {
      count += end.connected() ? 1 : 0;
    }
    return count;
  }

  boolean hasConnectionTo(Address address) {
    return called.containsKey(address);
  }

  boolean isAt(Address address) {
    return addresses.stream().anyMatch(own -> InMemoryNetwork.samePlace(own, address));
  }

  boolean mayMeet(InMemoryLink other) {
    return InMemoryNetwork.matches(spec.role(), other.spec.role())
        && !network.faults(spec.name()).isolated
        && (spec.role() != LinkRole.PAIR || connections() == 0);
  }

  /**
   * Takes a new connection's end; {@code to} is where this link called, null where it was called.
   */
  void attach(LinkEnd end, Address to) {
    ends.add(end);
    connectionsMade++;
    if (to != null) {
      called.put(to, end);
    }
    tell(events -> events.connected(end.peer));
  }

  /** Loses all connections. What had arrived at either side is still received there. */
  void disconnect() {
    for (LinkEnd end : List.copyOf(ends)) {
      if (end.connected()) {
        LinkEnd far = end.other;
        lose(end);
        far.link.lose(far);
      }
    }
  }

  private void lose(LinkEnd end) {
    end.other = null;
    end.discardHeld();
    called.values().remove(end);
    if (end.queue.isEmpty()) {
      ends.remove(end);
    }
    tell(events -> events.lost(end.peer));
  }

  void releaseHeld() {
    for (LinkEnd end : ends) {
      if (end.connected()) {
        LinkEnd far = end.other;
        while (!far.held.isEmpty()) {
          far.link.enqueue(far, far.held.remove());
        }
      }
    }
  }

  void acceptFromNobody(byte[]... parts) {
    LinkEnd end = new LinkEnd(this, NOBODY);
    PooledBuffer[] buffers = new PooledBuffer[parts.length];
    for (int i = 0; i < parts.length; i++) {
      buffers[i] = PooledBuffer.unpooled(ByteBuffer.wrap(parts[i]));
    }
    try (Message message = Message.of(buffers)) {
      Envelope arrived = accept(end, message, awaited);
      if (arrived != null) {
        ends.add(end);
        enqueue(end, arrived);
      }
    }
  }

  private void transmit(LinkEnd near, Message message, long id) {
    LinkEnd far = near.other;
    LinkFaults faults = network.faults(spec.name());
    if (faults.takeDrop()) {
      return;
    }
    Envelope arrived = far.link.accept(far, message, id);
    if (arrived == null) {
      return;
    }
    if (faults.holding) {
      far.held.add(arrived);
    } else {
      far.link.enqueue(far, arrived);
    }
    network.changed.signalAll();
  }

  /** Copies a message into this link's memory; null when it is refused. */
  private Envelope accept(LinkEnd end, Message message, long id) {
    if (message.size() > spec.maxMessageBytes()) {
      String reason =
          "a message of "
              + message.size()
              + " bytes is over the limit of "
              + spec.maxMessageBytes()
              + " bytes";
      tell(events -> events.refused(end.peer, reason));
      return null;
    }
    List<PooledBuffer> parts = new ArrayList<>(message.parts());
    try {
      for (int i = 0; i < message.parts(); i++) {
        parts.add(copy(message.part(i), spec.pool()));
      }
    } catch (IllegalStateException e) {
      parts.forEach(PooledBuffer::release);
      tell(events -> events.refused(end.peer, "no memory for its message: " + e.getMessage()));
      return null;
    }
    return new Envelope(Message.received(parts, end.peer), id);
  }

  private static PooledBuffer copy(ByteBuffer part, BufferPool pool) {
    if (!part.hasRemaining()) {
      return PooledBuffer.unpooled(ByteBuffer.allocateDirect(0));
    }
    PooledBuffer copy = pool.acquire(part.remaining());
    copy.bytes().put(0, part, part.position(), part.remaining());
    return copy;
  }

  private void enqueue(LinkEnd end, Envelope envelope) {
    if (spec.role() == LinkRole.REQUEST && envelope.requestId() != awaited) {
      envelope.message().close();
    } else {
      end.queue.add(envelope);
    }
  }

  /** The next message, by turns among the peers that have one; null when there is none. */
  private Envelope takeNext() {
    for (int tried = 0; tried < ends.size(); tried++) {
      int index = (nextToReceive + tried) % ends.size();
      LinkEnd end = ends.get(index);
      Envelope envelope = end.queue.poll();
      if (envelope != null) {
        nextToReceive = index + 1;
        if (!end.connected() && end.queue.isEmpty()) {
          ends.remove(index);
          nextToReceive = index;
        }
        returnEnd = end;
        returnId = envelope.requestId();
        awaited = 0;
        return envelope;
      }
    }
    return null;
  }

  private LinkEnd nextWithRoom() {
    for (int tried = 0; tried < ends.size(); tried++) {
      int index = (nextToSend + tried) % ends.size();
      if (hasRoom(ends.get(index))) {
        nextToSend = index + 1;
        return ends.get(index);
      }
    }
    return null;
  }

  /** The deeper of both ends' queues counts, as where each end has one of its own. */
  private boolean hasRoom(LinkEnd end) {
    return end.connected()
        && end.other.queued() < Math.max(spec.queueDepth(), end.other.link.spec.queueDepth());
  }

  private void discardQueues() {
    for (LinkEnd end : List.copyOf(ends)) {
      end.discardQueue();
      if (!end.connected()) {
        ends.remove(end);
      }
    }
  }

  private boolean await(Deadline deadline) {
    try {
      deadline.await(network.lock, network.changed);
      return true;
    } catch (InterruptedException e) {
      // An interrupted wait ends as at its deadline; the caller finds the flag set.
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void tell(Consumer<Events> what) {
    network.events.note(() -> what.accept(spec.events()));
  }

  private void requireRole(boolean fits, String what) {
    if (!fits) {
      throw new IllegalStateException(
          "Link '" + spec.name() + "' has the role " + spec.role() + " and cannot " + what + ".");
    }
  }
}
