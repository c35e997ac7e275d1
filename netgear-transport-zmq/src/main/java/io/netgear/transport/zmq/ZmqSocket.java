package io.netgear.transport.zmq;

import io.netgear.Address;
import io.netgear.Peer;
import io.netgear.TransportException;
import io.netgear.spi.Deadline;
import io.netgear.spi.LinkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import zmq.Ctx;
import zmq.Msg;
import zmq.SocketBase;
import zmq.ZError;
import zmq.ZMQ;
import zmq.io.Metadata;

/**
 * One socket of JeroMQ in a context of its own, from opening to the moment when JeroMQ has really
 * let go of port and memory.
 *
 * <p>Belongs to one thread at a time, except for {@link #wake}. A context each, because only the
 * end of a context is certain to have ended the thread that writes and reads the buffers.
 */
final class ZmqSocket {
  private static final System.Logger LOG = System.getLogger(ZmqSocket.class.getName());

  /** Longest wait for JeroMQ to let go; what takes longer ends in the background. */
  private static final long RELEASE_MS = 400;

  /** JeroMQ's name for the thread of the connections that there are. */
  private static final String FIRST_IO_THREAD = "iothread-2";

  /** From here on a handshake under CURVE, some milliseconds of computing, is taken for stuck. */
  private static final long MEETING_NS = TimeUnit.SECONDS.toNanos(3);

  private static final long ON_FIRST_THREAD = 1;
  private static final long ON_SECOND_THREAD = 2;

  private final long openedNs = System.nanoTime();
  private final OutboundGate gate = new OutboundGate(this::hasIoThread);
  private final LastLook lastLook;
  private final Ctx context = new PatientContext(this::selecting);
  private final String name;
  private final SocketBase socket;
  private final InboundMemory inbound;
  private final OutboundMemory outbound;
  private final ConnectionWatch watch;
  private final SealedTraffic traffic;
  private final Doorkeeper door;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final List<Address> addresses = new ArrayList<>();
  private final CountDownLatch allSet = new CountDownLatch(1);
  private volatile Thread ioThread;
  private boolean closing;
  private boolean interrupted;
  private int sendTimeoutMs = -1;
  private int receiveTimeoutMs = -1;

  /**
   * Opens all addresses or none.
   *
   * @throws TransportException saying which address failed and why
   */
  ZmqSocket(
      LinkSpec spec,
      SocketKind kind,
      List<Address> wanted,
      Protection protection,
      EventTeller teller,
      Runnable onDeadEnd) {
    boolean ipv6 = Endpoints.needIpv6(wanted, spec.bind());
    name = "netgear-zmq-" + spec.name();
    context.set(ZMQ.ZMQ_MAX_SOCKETS, 4);
    context.set(ZMQ.ZMQ_IO_THREADS, spec.bind() ? 1 : 2);
    context.setThreadFactory(this::thread);
    context.setNotificationExceptionHandler(
        (thread, e) ->
            LOG.log(System.Logger.Level.DEBUG, "A peer of " + name + " upset its connection.", e));
    lastLook = LastLook.of(kind, wanted.size());
    outbound = new OutboundMemory(this::isIoThread, gate, protection.seals());
    traffic = SocketOptions.traffic(kind, spec, () -> flooded(teller, onDeadEnd));
    inbound =
        new InboundMemory(
            spec.pool(),
            spec.maxMessageBytes(),
            kind.hasEnvelope(),
            outbound::giveBackWritten,
            traffic);
    watch =
        new ConnectionWatch(
            teller,
            inbound,
            outbound,
            traffic,
            protection,
            !spec.bind(),
            spec.bind() || wanted.size() == 1,
            protection.guards() && !spec.bind() ? this::connectOnce : () -> {},
            onDeadEnd);
    socket = context.createSocket(kind.type());
    socket.setEventHook(watch, ConnectionWatch.EVENTS);
    try {
      SocketOptions.apply(
          socket,
          kind,
          spec,
          protection,
          ipv6,
          inbound,
          new BulkProvider(gate, kind.receives() ? lastLook : null, protection.guards()));
      door =
          protection.guards()
              ? Doorkeeper.start(context, name, protection, teller, traffic, onDeadEnd)
              : null;
      if (spec.bind()) {
        wanted.forEach(address -> addresses.add(bind(address)));
      } else {
        SocketOptions.set(socket, ZMQ.ZMQ_AFFINITY, ON_FIRST_THREAD);
        wanted.forEach(address -> addresses.add(connect(address)));
        SocketOptions.set(socket, ZMQ.ZMQ_AFFINITY, ON_SECOND_THREAD);
      }
    } catch (RuntimeException e) {
      allSet.countDown();
      close(0);
      throw e;
    }
    allSet.countDown();
  }

  /**
   * From now on a lost connection is not made again, but the link opens anew. A session of JeroMQ's
   * that connects again may find the answer that was given for its last peer, which came too late,
   * and take it for the answer about the next. On the I/O thread, before a peer shows its key.
   */
  private void connectOnce() {
    if (!socket.setSocketOpt(ZMQ.ZMQ_RECONNECT_IVL, -1)) {
      LOG.log(System.Logger.Level.DEBUG, "{0} is closing; nothing connects again anyhow.", name);
    }
  }

  /** On the I/O thread: peers sent more than the link may hold, none of it a complete message. */
  private void flooded(EventTeller teller, Runnable onDeadEnd) {
    teller.refused(
        Peer.UNKNOWN,
        "peers sent more parts than fit into memory before the link could take them; all connections were closed");
    teller.later(onDeadEnd);
  }

  /** Whether the peer that a message came from was let in; always, where nobody is at the door. */
  boolean admitted(Metadata metadata) {
    return door == null || door.admitted(metadata);
  }

  /** What is encrypted, and how far peers have come with that. */
  SealedTraffic traffic() {
    return traffic;
  }

  /** What connections that end wait for. */
  LastLook lastLook() {
    return lastLook;
  }

  /** Whether no peer has completed the handshake yet, for which there still is time. */
  boolean isMeeting() {
    return traffic.ready() == 0 && System.nanoTime() - openedNs < MEETING_NS;
  }

  /** Waits until a peer has completed the handshake: whether one has. */
  boolean awaitMet(Deadline deadline) {
    try {
      return traffic.awaitMet(deadline);
    } catch (InterruptedException e) {
      interrupted = true; // whoever called gets it back when the call is over
      return false;
    }
  }

  private boolean isIoThread() {
    return Thread.currentThread() == ioThread;
  }

  private boolean hasIoThread() {
    Thread thread = ioThread;
    return thread != null && thread.isAlive();
  }

  /** The I/O thread is through with its connections for this turn. */
  private void selecting() {
    if (isIoThread()) {
      gate.loaded();
    }
  }

  private Thread thread(Runnable work, String jeroMqName) {
    Thread thread = new Thread(() -> runWhenAllSet(work), name + "-" + jeroMqName);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (dead, e) ->
            LOG.log(
                System.Logger.Level.ERROR,
                "Thread " + dead.getName() + " died; its link is dead too.",
                e));
    if (jeroMqName.equals(FIRST_IO_THREAD)) {
      ioThread = thread;
    }
    return thread;
  }

  private void runWhenAllSet(Runnable work) {
    try {
      allSet.await();
      work.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(
          "Someone interrupted a thread of " + name + "; its link is dead.", e);
    }
  }

  private Address bind(Address address) {
    try {
      if (!socket.bind(address.toString())) {
        throw Endpoints.cannotBind(address, null);
      }
    } catch (org.zeromq.ZMQException | ZError.IOException e) {
      throw Endpoints.cannotBind(address, e);
    }
    String bound = (String) socket.getSocketOptx(ZMQ.ZMQ_LAST_ENDPOINT);
    return address.withPort(Integer.parseInt(bound.substring(bound.lastIndexOf(':') + 1)));
  }

  private Address connect(Address address) {
    if (!socket.connect(address.toString())) {
      throw new TransportException(
          "Cannot connect to " + address + ": JeroMQ's error " + socket.errno() + ".");
    }
    return address;
  }

  List<Address> addresses() {
    return List.copyOf(addresses);
  }

  int connections() {
    return watch.connections();
  }

  long connectionsMade() {
    return watch.connectionsMade();
  }

  OutboundMemory outbound() {
    return outbound;
  }

  /** Queues one part at once, or answers false when there is no room, no peer, or not that peer. */
  boolean offer(Msg part, boolean more) {
    return sent(socket.send(part, ZMQ.ZMQ_DONTWAIT | (more ? ZMQ.ZMQ_SNDMORE : 0)));
  }

  /**
   * As {@link #offer} for a part that is not the first. False when the connection is just ending:
   * JeroMQ holds that to be impossible within a message, and where assertions are on it says so.
   */
  boolean offerNext(Msg part, boolean more) {
    try {
      return offer(part, more);
    } catch (AssertionError e) {
      LOG.log(System.Logger.Level.DEBUG, "A connection of " + name + " ended in a message.", e);
      return false;
    }
  }

  /** Waits for room once: until there is some, the deadline, or {@link #wake}. */
  boolean offerUntil(Msg part, boolean more, Deadline deadline) {
    int timeout = timeoutMs(deadline);
    if (timeout != sendTimeoutMs) {
      SocketOptions.set(socket, ZMQ.ZMQ_SNDTIMEO, timeout);
      sendTimeoutMs = timeout;
    }
    return sent(socket.send(part, more ? ZMQ.ZMQ_SNDMORE : 0, woken));
  }

  private boolean sent(boolean sent) {
    if (!sent) {
      expect(ZError.EHOSTUNREACH);
    }
    return sent;
  }

  /** Whether there is a next part. */
  boolean hasMessage() {
    return ((Integer) socket.getSocketOptx(ZMQ.ZMQ_EVENTS) & ZMQ.ZMQ_POLLIN) != 0;
  }

  /** The next part if there is one, else null. */
  Msg poll() {
    long began = System.nanoTime();
    Msg part = socket.recv(ZMQ.ZMQ_DONTWAIT);
    if (part == null) {
      expect(ZError.EAGAIN);
      lastLook.foundNone(began);
    }
    return part;
  }

  /** Waits for the next part once: until it comes, the deadline, or {@link #wake}; then null. */
  Msg pollUntil(Deadline deadline) {
    int timeout = timeoutMs(deadline);
    if (timeout != receiveTimeoutMs) {
      SocketOptions.set(socket, ZMQ.ZMQ_RCVTIMEO, timeout);
      receiveTimeoutMs = timeout;
    }
    lastLook.waiting(true);
    Msg part = socket.recv(0, woken);
    lastLook.waiting(false);
    if (part == null) {
      expect(ZError.EAGAIN);
    }
    return part;
  }

  private static int timeoutMs(Deadline deadline) {
    // at least 1: to JeroMQ, 0 means not to look at all
    return (int) Math.max(1, Math.min(deadline.remainingMillis(), Integer.MAX_VALUE));
  }

  private void expect(int alsoFine) {
    int error = socket.errno();
    if (error == ZError.EINTR) {
      // JeroMQ has taken the thread's interrupt away; whoever called gets it back when the call is
      // over
      interrupted = true;
    } else if (error != ZError.EAGAIN && error != ZError.ECANCELED && error != alsoFine) {
      throw new TransportException(
          "JeroMQ failed on " + addresses + " with error " + error + "; reopen the link.");
    }
  }

  /** Whether a call was interrupted since this was last asked. */
  boolean wasInterrupted() {
    boolean was = interrupted;
    interrupted = false;
    return was;
  }

  /** Makes a call that waits in this socket return, and the next that would. From any thread. */
  synchronized void wake() {
    if (!closing) {
      traffic.nudge();
      socket.cancel(woken);
    }
  }

  /** From now on calls wait again. */
  void rest() {
    woken.set(false);
    traffic.rest();
  }

  /** Closes as {@link #close} does, and drops whatever is not sent yet, by the system too. */
  void drop() {
    watch.dropUnsent();
    close(0);
  }

  /**
   * Closes and waits, within bounds, until port and memory are free. Messages that were accepted
   * get {@code lingerMs}.
   */
  void close(int lingerMs) {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
    }
    lastLook.over();
    traffic.close();
    SocketOptions.set(socket, ZMQ.ZMQ_LINGER, lingerMs);
    socket.close();
    if (awaitReleased()) {
      end();
    } else {
      outbound.takeBackAll();
      Thread ending = new Thread(this::end, name + "-ending");
      ending.setDaemon(true);
      ending.start();
    }
  }

  private boolean awaitReleased() {
    try {
      return watch.awaitReleased(RELEASE_MS);
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    }
  }

  private void end() {
    context.terminate();
    inbound.releaseAll();
    outbound.releaseAll();
  }
}
