package io.netgear.internal.stats;

import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.Peer;
import io.netgear.Receipt.Status;
import io.netgear.Stats;
import io.netgear.StreamEnd;
import io.netgear.WireFormatException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the books of one end, and passes on to the application's listener what links and patterns
 * tell. Thread-safe.
 *
 * <p>Each frame is entered once with {@link #offered} and leaves once, with {@link #delivered} or
 * {@link #dropped}.
 */
public final class Books implements Events {
  private static final System.Logger LOG = System.getLogger("io.netgear.events");

  /** A peer that gives a new reason each time does not fill the log. */
  static final int MOST_REASONS_LOGGED = 8;

  private final Events listener;
  private final Set<String> reasonsLogged = new HashSet<>();
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
  private final LatencyHistogram latency = new LatencyHistogram();
  private long frames;
  private long delivered;
  private long waiting;
  private long payloadBytes;
  private long badMessages;
  private long refused;
  private long reconnects;

  /** Empty books. */
  public Books(Events listener) {
    this.listener = listener;
  }

  /** A frame came in. */
  public synchronized void offered() {
    frames++;
    waiting++;
  }

  /** The frame that came in has {@code bytes} of payload. */
  public synchronized void payload(long bytes) {
    payloadBytes += bytes;
  }

  /** A frame went out. */
  public synchronized void delivered() {
    delivered++;
    waiting--;
  }

  /** A duration was measured, in microseconds. */
  public synchronized void latency(long micros) {
    latency.record(micros);
  }

  /** A frame that came in will not go out. */
  public void dropped(DropReason reason) {
    synchronized (this) {
      dropped.merge(reason, 1L, Long::sum);
      waiting--;
    }
    tell(() -> listener.dropped(reason, 1));
  }

  /** What they say now. */
  public synchronized Stats snapshot() {
    return new Stats(
        frames,
        delivered,
        dropped,
        waiting,
        payloadBytes,
        badMessages,
        refused,
        reconnects,
        latency.summary());
  }

  @Override
  public void connected(Peer peer) {
    tell(() -> listener.connected(peer));
  }

  @Override
  public void lost(Peer peer) {
    tell(() -> listener.lost(peer));
  }

  @Override
  public void left(Peer peer) {
    tell(() -> listener.left(peer));
  }

  @Override
  public void reconnected(int failures) {
    synchronized (this) {
      reconnects++;
    }
    tell(() -> listener.reconnected(failures));
  }

  /**
   * Frames that the transport dropped for some of its peers. Passed on but not entered: to this end
   * the frame was one, and it went out.
   */
  @Override
  public void dropped(DropReason reason, long count) {
    tell(() -> listener.dropped(reason, count));
  }

  /** Each reason is logged once, so that it is known where nobody listens. */
  @Override
  public void refused(Peer peer, String reason) {
    boolean log;
    boolean last;
    synchronized (this) {
      refused++;
      log = reasonsLogged.size() < MOST_REASONS_LOGGED && reasonsLogged.add(reason);
      last = log && reasonsLogged.size() == MOST_REASONS_LOGGED;
    }
    if (log) {
      String end = last ? " Further reasons are told to Events.refused alone." : "";
      LOG.log(System.Logger.Level.WARNING, "Refused {0}: {1}.{2}", peer, reason, end);
    }
    tell(() -> listener.refused(peer, reason));
  }

  @Override
  public void warned(String warning) {
    tell(() -> listener.warned(warning));
  }

  @Override
  public void badMessage(Peer peer, WireFormatException why) {
    synchronized (this) {
      badMessages++;
    }
    tell(() -> listener.badMessage(peer, why));
  }

  @Override
  public void senderEnded(String port, StreamEnd how) {
    tell(() -> listener.senderEnded(port, how));
  }

  @Override
  public void senderBack(String port) {
    tell(() -> listener.senderBack(port));
  }

  @Override
  public void receiverLost(String port, Status why) {
    tell(() -> listener.receiverLost(port, why));
  }

  @Override
  public void receiverBack(String port) {
    synchronized (this) {
      reconnects++;
    }
    tell(() -> listener.receiverBack(port));
  }

  @Override
  public void ended(StreamEnd end) {
    tell(() -> listener.ended(end));
  }

  private static void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "A listener for events failed; the stream goes on.", e);
    }
  }
}
