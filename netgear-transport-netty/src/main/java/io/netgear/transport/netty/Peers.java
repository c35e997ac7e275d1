package io.netgear.transport.netty;

import io.netgear.spi.Deadline;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * Where the link's thread and the event loop meet: who is there, what waits for them and from them,
 * and whose turn it is. One lock guards all of it, which nobody holds for long.
 *
 * <p>It is one piece because every role's rules are rules about this state: turns, room, the way
 * back of a reply, which request is awaited.
 */
final class Peers {
  /**
   * Answers that may wait for a peer, however deep the queue is: as many as a sender may have
   * frames on their way, which come as fast as they are answered.
   */
  static final int MOST_SMALL_ANSWERS = 1_000;

  private static final int SMALL_ANSWER = 2048;

  private final LinkRole role;
  private final int depth;
  private final ReentrantLock lock = new ReentrantLock();

  /** Something can be received. */
  private final Condition mail = lock.newCondition();

  /** Somebody came or went, or something was written. */
  private final Condition room = lock.newCondition();

  /** In the order in which they came. */
  private final List<Lane> ready = new ArrayList<>();

  /** Those with something in their inbox, in the order of their turns. */
  private final ArrayDeque<Lane> sources = new ArrayDeque<>();

  /** Those that have something new to write; the link's thread's alone. */
  private final List<Lane> touched = new ArrayList<>();

  private final AtomicLong made = new AtomicLong();
  private volatile boolean closed;
  private boolean interrupted;
  private int turn;

  /** Whom {@link #reply} goes to; null for nobody. */
  private Lane answerable;

  private byte[] wayBack;

  /** Whose reply is awaited; null when none is. */
  private Lane asked;

  /** What {@link #send} accepted last. */
  private Outgoing last;

  private int request;
  private Outgoing asking;

  Peers(LinkSpec spec) {
    this.role = spec.role();
    this.depth = Math.max(1, spec.queueDepth());
  }

  // ---- the event loop's side

  void joined(Lane lane) {
    lock.lock();
    try {
      lane.ready = true;
      ready.add(lane);
      made.incrementAndGet();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The connection has ended. What it had sent is still received. */
  void left(Lane lane) {
    List<Outgoing> unsent;
    lock.lock();
    try {
      remove(lane);
      unsent = List.copyOf(lane.outbox);
      lane.outbox.clear();
    } finally {
      lock.unlock();
    }
    unsent.forEach(Outgoing::release);
    signalRoom();
  }

  private void signalRoom() {
    lock.lock();
    try {
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void remove(Lane lane) {
    int index = ready.indexOf(lane);
    if (index >= 0) {
      ready.remove(index);
      turn -= index < turn ? 1 : 0;
    }
    lane.ready = false;
  }

  /** Whether a message may be read; if not, the lane is told when one may. */
  boolean hasRoom(Lane lane) {
    lock.lock();
    try {
      // what a REQUEST does not await is thrown away when it comes, so it never needs room
      lane.paused =
          !closed && !lane.doomed && role != LinkRole.REQUEST && lane.inbox.size() >= depth;
      return !lane.paused;
    } finally {
      lock.unlock();
    }
  }

  void arrived(Lane lane, Received received) {
    boolean taken;
    lock.lock();
    try {
      taken = !closed && !lane.doomed && (role != LinkRole.REQUEST || isAwaited(lane, received));
      if (taken) {
        if (lane.inbox.isEmpty()) {
          sources.add(lane);
        }
        lane.inbox.add(received);
        mail.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (!taken) {
      received.message().close();
    }
  }

  /** A late reply, or a second one, is nobody's. */
  private boolean isAwaited(Lane lane, Received received) {
    return lane.equals(asked) && received.request() == request && lane.inbox.isEmpty();
  }

  /** What is to be written next; null when nothing is. */
  Outgoing next(Lane lane) {
    lock.lock();
    try {
      return lane.ready ? lane.outbox.poll() : null;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what waits for a peer and has {@code part} in it, unsent. */
  void withdraw(Lane lane, PooledBuffer part) {
    List<Outgoing> withdrawn = new ArrayList<>();
    lock.lock();
    try {
      for (Outgoing each : lane.outbox) {
        if (each.message().has(part)) {
          withdrawn.add(each);
        }
      }
      lane.outbox.removeAll(withdrawn);
      lane.pending -= withdrawn.size();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    withdrawn.forEach(Outgoing::release);
  }

  /** What waits for a peer and has {@code part} in it; null for nothing. */
  Outgoing waiting(Lane lane, PooledBuffer part) {
    lock.lock();
    try {
      for (Outgoing each : lane.outbox) {
        if (each.message().has(part)) {
          return each;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  void written(Lane lane) {
    lock.lock();
    try {
      lane.pending--;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void subscribe(Lane lane, byte[] topic) throws Breach {
    lock.lock();
    try {
      lane.subscriptions.add(topic);
    } finally {
      lock.unlock();
    }
  }

  void cancel(Lane lane, byte[] topic) {
    lock.lock();
    try {
      lane.subscriptions.cancel(topic);
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is anything that was accepted and is not written yet. */
  boolean owesAnything() {
    lock.lock();
    try {
      return ready.stream().anyMatch(lane -> lane.pending > 0);
    } finally {
      lock.unlock();
    }
  }

  /** How many have left something behind that nobody has received yet. */
  int unread() {
    lock.lock();
    try {
      return (int) sources.stream().filter(lane -> !lane.ready).count();
    } finally {
      lock.unlock();
    }
  }

  // ---- the side of whoever uses the link

  long made() {
    return made.get();
  }

  boolean closed() {
    return closed;
  }

  /** To the next peer that has room; PAIR: to the one that came first. Owns the message. */
  SendResult send(Message message, Deadline deadline) {
    lock.lock();
    try {
      Lane lane = awaitRoom(deadline);
      if (lane == null) {
        message.close();
        return closed
            ? SendResult.CLOSED
            : ready.isEmpty() ? SendResult.NO_PEER : SendResult.TIMED_OUT;
      }
      if (role == LinkRole.REQUEST) {
        ask(lane, message);
      } else {
        last = new Outgoing(message);
        enqueue(lane, last);
      }
    } finally {
      lock.unlock();
    }
    writeTouched();
    return SendResult.SENT;
  }

  /**
   * Whether what {@link #send} accepted last has {@code part} in it, and has been written, or given
   * up, before the deadline.
   */
  boolean awaitGone(PooledBuffer part, Deadline deadline) {
    lock.lock();
    try {
      Outgoing sent = last;
      if (sent == null || !sent.message().has(part)) {
        return false;
      }
      while (!sent.isGone() && !deadline.passed()) {
        await(room, deadline);
      }
      return sent.isGone();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody will ask for what was accepted last: it may be memory of others. */
  void forgetLast() {
    lock.lock();
    try {
      last = null;
    } finally {
      lock.unlock();
    }
  }

  private Lane awaitRoom(Deadline deadline) {
    Lane lane = closed ? null : withRoom();
    while (lane == null && !closed && !deadline.passed()) {
      await(room, deadline);
      lane = closed ? null : withRoom();
    }
    return lane;
  }

  private Lane withRoom() {
    int count = role == LinkRole.PAIR ? Math.min(1, ready.size()) : ready.size();
    for (int i = 0; i < count; i++) {
      int index = role == LinkRole.PAIR ? 0 : (turn + i) % count;
      if (hasRoomToSend(ready.get(index))) {
        turn = index + 1;
        return ready.get(index);
      }
    }
    return null;
  }

  /** One message is being written while so many as the queue is deep wait. */
  private boolean hasRoomToSend(Lane lane) {
    return lane.pending <= depth;
  }

  private boolean hasRoomToAnswer(Lane lane, Message message) {
    return hasRoomToSend(lane)
        || (lane.pending < MOST_SMALL_ANSWERS && bytes(message) <= SMALL_ANSWER);
  }

  private static long bytes(Message message) {
    long bytes = 0;
    for (int i = 0; i < message.parts(); i++) {
      bytes += message.part(i).remaining();
    }
    return bytes;
  }

  private void ask(Lane lane, Message message) {
    asked = lane;
    // not to be guessed by a peer that was not asked
    request = ThreadLocalRandom.current().nextInt();
    asking = new Outgoing(message, Envelopes.ofRequest(request));
    enqueue(lane, asking);
  }

  private void enqueue(Lane lane, Outgoing outgoing) {
    lane.outbox.add(outgoing);
    lane.pending++;
    touched.add(lane);
  }

  private void writeTouched() {
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).connection.writeSoon();
    }
    touched.clear();
  }

  /**
   * To everyone who asked for it; where a queue is full, the oldest that waits in it makes room.
   * Owns the message.
   *
   * @param dropped told how many messages made room
   */
  SendResult publish(Message message, LongConsumer dropped) {
    Outgoing outgoing = new Outgoing(message);
    List<Outgoing> madeRoom = null;
    boolean none;
    lock.lock();
    try {
      for (int i = 0; !closed && i < ready.size(); i++) {
        Lane lane = ready.get(i);
        if (!lane.subscriptions.match(message.part(0))) {
          continue;
        }
        if (!hasRoomToSend(lane)) {
          madeRoom = madeRoom == null ? new ArrayList<>() : madeRoom;
          madeRoom.add(lane.outbox.remove());
          lane.pending--;
        }
        outgoing.retain();
        enqueue(lane, outgoing);
      }
      none = touched.isEmpty();
    } finally {
      lock.unlock();
    }
    writeTouched();
    outgoing.release();
    if (madeRoom != null) {
      madeRoom.forEach(Outgoing::release);
      dropped.accept(madeRoom.size());
    }
    return closed ? SendResult.CLOSED : none ? SendResult.DROPPED : SendResult.SENT;
  }

  /** The next message, of each peer in turn; null at the deadline and when closed. */
  Message receive(Deadline deadline) {
    Received received;
    Lane lane;
    boolean resume;
    lock.lock();
    try {
      answerable = null;
      while (sources.isEmpty() && !closed && !deadline.passed()) {
        await(mail, deadline);
      }
      lane = closed ? null : sources.poll();
      if (lane == null) {
        return null;
      }
      received = lane.inbox.remove();
      if (!lane.inbox.isEmpty()) {
        sources.add(lane);
      }
      resume = lane.paused;
      lane.paused = false;
      lane.unanswered = 0;
      answerable = lane;
      wayBack = received.envelope();
      asked = null;
    } finally {
      lock.unlock();
    }
    if (resume) {
      lane.connection.resumeSoon();
    }
    return received.message();
  }

  /** To the peer of the last message received, if it is still there and has room. */
  void reply(Message message) {
    lock.lock();
    try {
      Lane lane = answerable;
      if (role == LinkRole.REPLY) {
        answerable = null;
      }
      if (closed || lane == null || !lane.ready || !hasRoomToAnswer(lane, message)) {
        message.close();
        return;
      }
      enqueue(lane, wayBack == null ? new Outgoing(message) : new Outgoing(message, wayBack));
    } finally {
      lock.unlock();
    }
    writeTouched();
  }

  boolean replyAwaited() {
    lock.lock();
    try {
      return asked != null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Forgets the request that is awaited, and does not send it should it still wait; answers whom to
   * connect to anew, since it stayed silent twice in a row.
   */
  Lane abandonRequest() {
    Lane silent = null;
    boolean unsent = false;
    Outgoing given = null;
    lock.lock();
    try {
      if (asked != null) {
        given = asking;
        unsent = asked.outbox.remove(given);
        asked.pending -= unsent ? 1 : 0;
        asked.inbox.forEach(late -> late.message().close());
        asked.inbox.clear();
        sources.remove(asked);
        asked.unanswered++;
        silent = asked.unanswered >= 2 && asked.ready ? asked : null;
        doom(silent);
      }
      asked = null;
      asking = null;
    } finally {
      lock.unlock();
    }
    if (unsent) {
      given.release();
    }
    return silent;
  }

  /** Gives all connections up, as a PAIR has nothing else by which to tell late answers. */
  List<Lane> abandonAll() {
    lock.lock();
    try {
      Set<Lane> all = new LinkedHashSet<>(ready);
      all.addAll(sources);
      all.forEach(this::doom);
      sources.forEach(this::forget);
      sources.clear();
      answerable = null;
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  private void doom(Lane lane) {
    if (lane != null) {
      lane.doomed = true;
      remove(lane);
    }
  }

  private void forget(Lane lane) {
    lane.inbox.forEach(late -> late.message().close());
    lane.inbox.clear();
  }

  /** Wakes whoever waits, and gives back what nobody received. */
  void close() {
    lock.lock();
    try {
      closed = true;
      sources.forEach(this::forget);
      sources.clear();
      room.signalAll();
      mail.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(Condition changed, Deadline deadline) {
    try {
      deadline.await(lock, changed);
    } catch (InterruptedException e) {
      // given back by giveInterruptBack: what was begun is waited for, and the wait is limited
      interrupted = true;
    }
  }

  /** Gives an interrupt that came during a call back to the caller's thread. */
  void giveInterruptBack() {
    if (interrupted) {
      interrupted = false;
      Thread.currentThread().interrupt();
    }
  }
}
