package io.netgear.transport.zmq;

import io.netgear.Address;
import io.netgear.spi.Deadline;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.spi.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import zmq.Msg;

/**
 * A link over one ZeroMQ socket, which it replaces when that is the only way to forget an answer or
 * to get over a breach of protocol.
 *
 * <p>All that a link can be asked is here in one piece, because every call may find that the socket
 * must be opened anew; what messages look like inside JeroMQ is {@link Inlet}'s, {@link Outlet}'s
 * and {@link Envelope}'s.
 *
 * <p>The lock is for {@link #close} alone: it marks the link closed, wakes the call that waits
 * inside, and takes the lock when that call has left. No thread is ever interrupted.
 */
final class ZmqLink implements Link {
  /**
   * Time for the other end to notice the end of a connection before the next begins; a libzmq PAIR
   * turns it away otherwise.
   */
  private static final long REOPEN_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

  /**
   * A REQUEST tells late replies from others and need not open anew for them; but its connection
   * may be dead.
   */
  private static final int UNANSWERED_BEFORE_REOPENING = 2;

  /**
   * A subscriber's queue that stays full for so long belongs to a dead connection. The system finds
   * that out too, but after a cut only as late again as the cut was long.
   */
  private static final Duration STALLED_LIMIT =
      Duration.ofMillis(SocketOptions.HEARTBEAT_TIMEOUT_MS);

  /**
   * A host that does not answer is asked anew by the system after 1, 2, 4, 8, 16 s and so on, and
   * JeroMQ has no limit for that.
   */
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Messages that are dropped after the deadline while looking for one that is not. */
  private static final int MOST_DROPPED_LATE = 64;

  /** From here on CURVE is too slow for video: a raw frame of 1080p has 6.2 MB. */
  private static final int HUGE_BYTES = 4 << 20;

  /** Messages that are still taken from a socket that is to be replaced. */
  private static final int MOST_AFTER_DEAD_END = 1_000;

  private final LinkSpec spec;
  private final EventTeller teller;
  private final Protection protection;
  private final ReentrantLock turn = new ReentrantLock();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Envelope envelope = new Envelope();
  private volatile boolean closed;
  private volatile boolean deadEnd;
  private volatile List<Address> addresses;
  private volatile ZmqSocket socket;
  private final AtomicLong connectionsMadeBefore = new AtomicLong();
  private SocketKind kind;
  private Intake inlet;
  private Outlet outlet;
  private int unanswered;
  private int sinceDeadEnd;
  private boolean warnedOfHugeParts;

  /** Until when somebody must be there; null while somebody is. */
  private Deadline alone;

  /** Until when something must be taken; null while messages are. */
  private Deadline stalled;

  ZmqLink(LinkSpec spec) {
    this.spec = spec;
    this.teller = new EventTeller(spec.events(), spec.name());
    this.addresses = spec.addresses();
    try {
      this.protection =
          spec.security() instanceof CurveSecurity curve
              ? curve.resolve(teller::warned)
              : Protection.NONE;
      open(SocketKind.of(spec.role(), spec.bind()));
    } catch (RuntimeException e) {
      teller.close();
      throw e;
    }
  }

  private void open(SocketKind kind) {
    this.kind = kind;
    deadEnd = false;
    sinceDeadEnd = 0;
    socket = new ZmqSocket(spec, kind, addresses, protection, teller, this::deadEnd);
    inlet =
        protection.seals()
            ? new SealedInlet(kind, spec.pool(), spec.maxMessageBytes(), teller, envelope)
            : new Inlet(kind, spec.pool(), spec.maxMessageBytes(), teller, envelope);
    outlet = new Outlet(socket.outbound());
    addresses = socket.addresses();
  }

  private void reopen(SocketKind kind) {
    unanswered = 0;
    alone = null;
    envelope.abandon();
    envelope.forgetWayBack();
    socket.drop();
    connectionsMadeBefore.addAndGet(socket.connectionsMade());
    if (!spec.bind()) {
      LockSupport.parkNanos(REOPEN_PAUSE_NS);
    }
    open(kind);
  }

  /**
   * On the event thread: JeroMQ gave a connection up for good. The link's own thread opens anew.
   */
  private void deadEnd() {
    deadEnd = true;
    socket.wake();
  }

  /** What a lost peer had sent is taken first; but not for ever, where there are other peers. */
  private boolean hasLastMessages() {
    return protection.seals() && ++sinceDeadEnd <= MOST_AFTER_DEAD_END && socket.hasMessage();
  }

  private void leaveDeadEnd() {
    if (deadEnd && !closed) {
      reopen(kind);
    }
  }

  @Override
  public SendResult send(Message message, Deadline deadline) {
    if (!spec.role().sends()) {
      message.close();
      throw new IllegalStateException("A " + spec.role() + " link does not send first; use reply.");
    }
    boolean interrupted = enter();
    try {
      if (spec.role() == LinkRole.REQUEST && envelope.replyAwaited()) {
        message.close();
        throw new IllegalStateException(
            "The last request still awaits its reply: receive it or abandon it first.");
      }
      return closed ? closedWith(message) : sendNow(message, deadline);
    } finally {
      leave(interrupted);
    }
  }

  private static SendResult closedWith(Message message) {
    message.close();
    return SendResult.CLOSED;
  }

  private SendResult sendNow(Message message, Deadline deadline) {
    leaveDeadEnd();
    makeReady();
    return kind == SocketKind.PAIR_ANSWERING
        ? sendBack(message, deadline)
        : sendOut(message, deadline);
  }

  /** To the peer of the last message, or, should that be gone, to whoever connects. */
  private SendResult sendBack(Message message, Deadline deadline) {
    Message again = retained(message);
    outlet.take(envelope.wayBack(), message);
    boolean whole = socket.offer(outlet.first(), true) && outlet.offerRest(socket);
    outlet.done();
    if (whole) {
      again.close();
      return SendResult.SENT;
    }
    reopen(SocketKind.PAIR_ASKING);
    return sendOut(again, deadline);
  }

  private static Message retained(Message message) {
    PooledBuffer[] parts = new PooledBuffer[message.parts()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = message.retainPart(i);
    }
    return Message.of(parts);
  }

  private SendResult sendOut(Message message, Deadline deadline) {
    warnOfHugeParts(message);
    if (protection.seals()
        && !protection.guards()
        && spec.role() != LinkRole.PUBLISH
        && !socket.awaitMet(deadline)) {
      // JeroMQ would queue it for a peer that may yet be turned away
      message.close();
      if (closed) {
        return SendResult.CLOSED;
      }
      connectAfresh();
      return SendResult.NO_PEER;
    }
    outlet.take(kind == SocketKind.REQUEST ? envelope.ofRequest() : envelope.none(), message);
    boolean waits = spec.role() != LinkRole.PUBLISH;
    socket.lastLook().asked();
    boolean taken = socket.offer(outlet.first(), !outlet.firstIsAll());
    while (!taken && waits && !closed && !deadline.passed()) {
      taken = socket.offerUntil(outlet.first(), !outlet.firstIsAll(), deadline);
      if (deadEnd && !closed) {
        socket.rest();
      }
    }
    boolean whole = taken && outlet.offerRest(socket);
    int queues = outlet.done();
    if (whole) {
      return accepted(queues);
    }
    if (taken) {
      reopen(kind);
    }
    if (closed) {
      return SendResult.CLOSED;
    }
    if (socket.connections() > 0) {
      alone = null;
      return SendResult.TIMED_OUT;
    }
    connectAfresh();
    return SendResult.NO_PEER;
  }

  /**
   * Gives up an attempt to connect that the system repeats more and more rarely, or a connection
   * over which no handshake was completed.
   */
  private void connectAfresh() {
    if (spec.bind() || addresses.size() > 1) {
      return;
    }
    if (alone == null) {
      alone = Deadline.after(CONNECT_LIMIT, Ticker.SYSTEM);
    } else if (alone.passed()) {
      reopen(kind);
    }
  }

  private void warnOfHugeParts(Message message) {
    for (int i = 0; protection.seals() && !warnedOfHugeParts && i < message.parts(); i++) {
      int size = message.part(i).remaining();
      if (size >= HUGE_BYTES) {
        warnedOfHugeParts = true;
        teller.warned(
            "A part of "
                + size
                + " bytes goes out under CURVE, which encrypts some 35 MB/s: send compressed frames.");
      }
    }
  }

  private SendResult accepted(int queues) {
    if (spec.role() == LinkRole.PUBLISH && socket.connections() == 0) {
      connectAfresh();
      return SendResult.DROPPED;
    }
    alone = null;
    if (spec.role() == LinkRole.REQUEST) {
      envelope.requestSent();
    }
    if (spec.role() != LinkRole.PUBLISH) {
      return SendResult.SENT;
    }
    watchForStall(queues > 0);
    return queues == 0 ? SendResult.DROPPED : SendResult.SENT;
  }

  /** Where there are several connections, the others must not suffer for one. */
  private void watchForStall(boolean taken) {
    if (taken || spec.bind() || addresses.size() > 1 || socket.connections() == 0) {
      stalled = null;
    } else if (stalled == null) {
      stalled = Deadline.after(STALLED_LIMIT, Ticker.SYSTEM);
    } else if (stalled.passed()) {
      stalled = null;
      reopen(kind);
    }
  }

  /** Brings the socket into a state in which it can send. */
  private void makeReady() {
    if (kind == SocketKind.PAIR_ANSWERING
        && (!envelope.knowsWayBack() || socket.connections() == 0)) {
      // this end sends first, so it must be able to send to whoever connects
      reopen(SocketKind.PAIR_ASKING);
    } else if (kind == SocketKind.PUBLISH) {
      for (Msg subscription = socket.poll(); subscription != null; subscription = socket.poll()) {
        // applied by JeroMQ already; it only must not pile up
      }
    } else if (kind == SocketKind.REQUEST && socket.outbound().held() > mostHeld()) {
      // requests that were given up and that their connections never wrote
      reopen(kind);
    }
  }

  private int mostHeld() {
    return (Math.max(1, spec.queueDepth()) + 2) * Math.max(1, socket.connections());
  }

  @Override
  public Message receive(Deadline deadline) {
    if (!spec.role().receives() && spec.role() != LinkRole.REQUEST) {
      throw new IllegalStateException("A " + spec.role() + " link receives nothing.");
    }
    boolean interrupted = enter();
    try {
      if (spec.role() == LinkRole.REQUEST && !envelope.replyAwaited() && !closed) {
        throw new IllegalStateException("No request awaits a reply: send one first.");
      }
      return receiveNow(deadline);
    } finally {
      leave(interrupted);
    }
  }

  private Message receiveNow(Deadline deadline) {
    if (kind == SocketKind.REPLY) {
      envelope.forgetWayBack();
    }
    Message message = null;
    boolean last = false;
    int late = 0;
    while (message == null && !closed && !last) {
      last = deadline.passed();
      late = last ? late + 1 : 0;
      leaveDeadEndReceiving();
      Msg first = socket.poll();
      if (first == null && !last && !closed && (!deadEnd || kind == SocketKind.REQUEST)) {
        socket.traffic().foundNone();
        first = socket.pollUntil(deadline);
      }
      if (first != null) {
        message = inlet.message(first, socket);
        socket.lastLook().answered();
        // What was dropped may hide a good one, but a flood of such must not hold the caller.
        last = late > MOST_DROPPED_LATE;
        unanswered = 0;
      }
    }
    socket.traffic().looksAway();
    return message;
  }

  /**
   * A REQUEST that awaits its reply over other connections keeps waiting; {@link #send} opens anew.
   */
  private void leaveDeadEndReceiving() {
    if (!deadEnd || closed) {
      return;
    }
    if (spec.role() == LinkRole.REQUEST) {
      socket.rest();
    } else if (!hasLastMessages()) {
      reopen(kind);
    }
  }

  @Override
  public void reply(Message message) {
    if (spec.role() != LinkRole.REPLY && spec.role() != LinkRole.PAIR) {
      message.close();
      throw new IllegalStateException("A " + spec.role() + " link does not reply.");
    }
    boolean interrupted = enter();
    try {
      if (closed || (kind.routes() && !envelope.knowsWayBack())) {
        message.close();
        return;
      }
      outlet.take(kind.routes() ? envelope.wayBack() : envelope.none(), message);
      boolean taken = socket.offer(outlet.first(), !outlet.firstIsAll());
      boolean whole = taken && outlet.offerRest(socket);
      outlet.done();
      if (spec.role() == LinkRole.REPLY) {
        envelope.forgetWayBack();
      }
      if (taken && !whole) {
        reopen(kind);
      }
    } finally {
      leave(interrupted);
    }
  }

  @Override
  public void abandon() {
    if (spec.role() != LinkRole.PAIR && spec.role() != LinkRole.REQUEST) {
      throw new IllegalStateException("A " + spec.role() + " link awaits no reply.");
    }
    boolean interrupted = enter();
    try {
      envelope.abandon();
      socket.lastLook().answered();
      unanswered++;
      boolean due = spec.role() == LinkRole.PAIR || unanswered >= UNANSWERED_BEFORE_REOPENING;
      if (!closed && due && !stillMeeting()) {
        reopen(kind);
      }
    } finally {
      leave(interrupted);
    }
  }

  @Override
  public boolean canTakeBack() {
    return true;
  }

  @Override
  public void takeBack(PooledBuffer part) {
    boolean interrupted = enter();
    try {
      socket.outbound().takeBack(part);
    } finally {
      leave(interrupted);
    }
  }

  /** A handshake that is under way would only have to begin again; nothing was sent yet. */
  private boolean stillMeeting() {
    return protection.seals() && !protection.guards() && !deadEnd && socket.isMeeting();
  }

  @Override
  public List<Address> addresses() {
    return addresses;
  }

  @Override
  public long connectionsMade() {
    return connectionsMadeBefore.get() + socket.connectionsMade();
  }

  @Override
  public boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    closed = true;
    socket.wake();
    boolean interrupted = enter();
    try {
      socket.close(SocketOptions.LINGER_MS);
    } finally {
      leave(interrupted);
      teller.close();
    }
  }

  /**
   * Takes the turn; answers whether the thread comes with an interrupt, which JeroMQ must not see.
   */
  private boolean enter() {
    turn.lock();
    return Thread.interrupted();
  }

  private void leave(boolean interrupted) {
    boolean again = socket.wasInterrupted() || interrupted;
    turn.unlock();
    if (again) {
      Thread.currentThread().interrupt();
    }
  }
}
