package io.netgear.internal.runtime;

import io.netgear.Address;
import io.netgear.CodecException;
import io.netgear.DropReason;
import io.netgear.FrameReceiver;
import io.netgear.ReceivedFrame;
import io.netgear.Reply;
import io.netgear.Stats;
import io.netgear.StreamEnd;
import io.netgear.TransportException;
import io.netgear.WireFormatException;
import io.netgear.internal.Settings;
import io.netgear.internal.stats.Books;
import io.netgear.spi.Answer;
import io.netgear.spi.BufferPool;
import io.netgear.spi.Deadline;
import io.netgear.spi.Feature;
import io.netgear.spi.Link;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.ReceiveConversation;
import io.netgear.spi.WireFormat;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Serves the link on a thread of its own, which owns it, and decodes on the caller's. Whoever holds
 * {@code turn} owns decoder and encoder.
 */
public final class NetGearReceiver implements FrameReceiver {
  private static final System.Logger LOG = System.getLogger("io.netgear.receiver");

  /** All of {@link #close}, so that it is over within a second. */
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(950);

  private static final long FAREWELL_MS = 450;
  private static final long SENDING_NS = TimeUnit.SECONDS.toNanos(1);

  private final Settings settings;
  private final Books books;
  private final WireFormat wire = Opening.wire();
  private final BufferPool pool;
  private final FrameQueue queue;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final Closing closing = new Closing();
  private final PayloadDecoder decoder;

  /** Null where {@code recv} decodes itself. */
  private final DecodeAhead ahead;

  private final PayloadEncoder encoder;
  private final Link link;

  /** What this end calls itself in its answers, in multi-client mode; else null. */
  private final Object port;

  private final ReceiveConversation conversation;
  private final Thread thread;
  private volatile Function<ReceivedFrame, Reply> answering;
  private volatile Throwable failure;
  private final AtomicLong unclosedBytes = new AtomicLong();
  private boolean codecsClosed;

  private NetGearReceiver(Settings settings) {
    this.settings = settings;
    this.books = new Books(settings.events());
    this.pool = Opening.pool(settings);
    this.queue =
        new FrameQueue(settings.queue(), settings.queueDepth(), settings.bidirectional(), books);
    this.decoder = Opening.decoder(settings, pool);
    this.ahead =
        settings.decodeAhead() == 0
            ? null
            : new DecodeAhead(
                settings.name(),
                settings.decodeAhead(),
                Runtime.getRuntime().availableProcessors(),
                queue,
                () -> Opening.decoder(settings, pool),
                (queued, own) -> isTooOld(queued) ? null : decode(queued, own));
    this.encoder = Opening.encoder(settings, pool);
    this.link = Opening.link(settings, settings.pattern().receiverRole(), pool, books);
    this.port = settings.modes().receiverPort(link.addresses().get(0));
    this.conversation = converse();
    this.thread = new Thread(this::serve, "netgear-recv-" + settings.name());
    thread.setDaemon(true);
  }

  private ReceiveConversation converse() {
    try {
      return settings
          .pattern()
          .receiving(
              Opening.dialogue(settings, link, port, -1, wire, books, closing::begun), queue);
    } catch (RuntimeException | Error e) {
      link.close();
      throw e;
    }
  }

  /**
   * Opens a receiver and starts its thread.
   *
   * @throws io.netgear.NetGearException if the address cannot be used; nothing stays open then
   */
  public static FrameReceiver open(Settings settings) {
    NetGearReceiver receiver = new NetGearReceiver(settings);
    try {
      if (receiver.ahead != null) {
        receiver.ahead.start();
      }
      receiver.thread.start();
    } catch (RuntimeException | Error e) { // a system out of threads is an Error
      receiver.close();
      throw e;
    }
    return receiver;
  }

  private void serve() {
    try {
      Deadline never = Deadline.never(Opening.TICKER);
      boolean goesOn = true;
      while (goesOn) {
        goesOn = conversation.serve(never);
      }
      queue.end(StreamEnd.CLOSED);
    } catch (Throwable e) { // an Error too must end the stream, or recv would wait for ever
      failure = e;
      LOG.log(System.Logger.Level.DEBUG, "The receive thread failed.", e);
      queue.end(StreamEnd.FAILED);
    }
  }

  @Override
  public Optional<ReceivedFrame> recv(Duration timeout) {
    return recv(timeout, null, answering);
  }

  @Override
  public Optional<ReceivedFrame> recv(Duration timeout, Reply reply) {
    requireBidirectional();
    Objects.requireNonNull(reply, "reply");
    return recv(timeout, reply, null);
  }

  private Optional<ReceivedFrame> recv(
      Duration timeout, Reply reply, Function<ReceivedFrame, Reply> answer) {
    Objects.requireNonNull(timeout, "timeout; Duration.ZERO asks without waiting");
    Deadline deadline = Deadline.after(timeout, Opening.TICKER);
    try {
      if (!turn.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      PooledFrame frame = next(deadline, reply, answer);
      if (frame == null && queue.end() == StreamEnd.FAILED) {
        throw new TransportException(
            "The receiver " + settings.name() + " failed: " + failure.getMessage(), failure);
      }
      return Optional.ofNullable(frame);
    } finally {
      if (closing.begun()) {
        closeCodecs();
      }
      turn.unlock();
    }
  }

  private PooledFrame next(Deadline deadline, Reply reply, Function<ReceivedFrame, Reply> answer) {
    while (true) {
      QueuedFrame queued;
      PooledFrame frame;
      try {
        if (ahead == null) {
          queued = queue.take(deadline);
          frame = queued == null || isTooOld(queued) ? null : decode(queued, decoder);
        } else {
          DecodeAhead.Decoded decoded = ahead.take(deadline);
          queued = decoded == null ? null : decoded.queued();
          frame = decoded == null || agedSince(decoded) ? null : decoded.frame();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
      if (queued == null) {
        return null;
      }
      if (frame != null) {
        deliver(queued, frame, reply, answer);
        return frame;
      }
    }
  }

  /** Drops a decoded frame that became too old while it waited to be received. */
  private boolean agedSince(DecodeAhead.Decoded decoded) {
    boolean aged = isPastMaxAge(decoded.queued());
    if (aged) {
      decoded.frame().close();
      queue.forget(decoded.queued(), DropReason.TOO_OLD);
    }
    return aged;
  }

  private boolean isTooOld(QueuedFrame queued) {
    boolean tooOld = isPastMaxAge(queued);
    if (tooOld) {
      queue.drop(queued, DropReason.TOO_OLD);
    }
    return tooOld;
  }

  private boolean isPastMaxAge(QueuedFrame queued) {
    long maxAgeMicros = TimeUnit.NANOSECONDS.toMicros(settings.maxAge().toNanos());
    return maxAgeMicros != 0
        && PooledFrame.ageMicros(queued.header(), queued.receivedMicros()) > maxAgeMicros;
  }

  /** Null when it cannot be decoded, and then it is dropped and counted. */
  private PooledFrame decode(QueuedFrame queued, PayloadDecoder decoder) {
    PooledBuffer payload = queued.payload();
    try {
      PayloadDecoder.Pixels pixels =
          settings.encodedOnly() ? null : decoder.decode(payload, queued.header().encoding());
      boolean keeps = settings.encodedOnly() || settings.keepEncoded();
      PooledFrame frame =
          new PooledFrame(queued, pixels, keeps ? payload.retain() : null, unclosedBytes);
      payload.release();
      return frame;
    } catch (CodecException e) {
      books.badMessage(queued.peer(), new WireFormatException(e.getMessage(), e));
      queue.drop(queued, DropReason.UNDECODABLE);
      return null;
    } catch (NoMemoryException e) {
      queue.drop(queued, DropReason.REFUSED);
      if (applicationHoldsMost()) {
        throw e;
      }
      // No peer may end the stream, whatever size its pictures claim to have.
      books.badMessage(queued.peer(), new WireFormatException(e.ofTheFrame(), e));
      return null;
    } catch (RuntimeException | Error e) { // else its sender would wait for an answer for ever
      queue.drop(queued, DropReason.REFUSED);
      throw e;
    }
  }

  private boolean applicationHoldsMost() {
    return unclosedBytes.get() >= pool.limitBytes() / 2;
  }

  private void deliver(
      QueuedFrame queued, PooledFrame frame, Reply reply, Function<ReceivedFrame, Reply> answer) {
    long ageMicros = PooledFrame.ageMicros(queued.header(), queued.receivedMicros());
    Message spelled = null;
    try {
      if (queued.answer() != null) {
        spelled = spell(answer == null ? reply : answer.apply(frame), queued);
      }
      books.delivered();
      books.latency(ageMicros);
    } catch (RuntimeException | Error e) { // the application's own code may throw anything
      frame.close();
      books.dropped(DropReason.REFUSED);
      throw e;
    } finally {
      if (queued.answer() != null) {
        queued.answer().give(spelled);
      }
    }
  }

  /** Null for nothing to return. */
  private Message spell(Reply reply, QueuedFrame queued) {
    if (reply == null || (reply.frame() == null && reply.data() == null)) {
      return null;
    }
    PayloadEncoder.Payload payload = reply.frame() == null ? null : encoder.encode(reply.frame());
    return wire.answer(
        new Answer(
            reply.data(),
            payload == null ? null : payload.encoding(),
            payload == null ? null : payload.bytes(),
            port,
            queued.header().sequence(),
            queued.receivedMicros(),
            Opening.TICKER.epochMicros()),
        Opening.style(settings));
  }

  @Override
  public void replyWith(Function<ReceivedFrame, Reply> answer) {
    requireBidirectional();
    answering = answer;
  }

  private void requireBidirectional() {
    if (!settings.bidirectional()) {
      throw new IllegalStateException(
          "Only a bidirectional receiver can reply: open both ends with bidirectional().");
    }
  }

  @Override
  public boolean ended() {
    return ahead == null ? queue.exhausted() : ahead.exhausted();
  }

  @Override
  public Optional<StreamEnd> end() {
    return Optional.ofNullable(queue.end());
  }

  @Override
  public List<Address> addresses() {
    return link.addresses();
  }

  @Override
  public Stats stats() {
    return books.snapshot();
  }

  @Override
  public String explain() {
    return settings.explanation();
  }

  @Override
  public void close() {
    closing.once(this::letGo, !turn.isHeldByCurrentThread() && Thread.currentThread() != thread);
  }

  private void letGo() {
    Deadline limit = Deadline.after(CLOSE_LIMIT, Opening.TICKER);
    boolean acknowledging = queue.close();
    if (settings.pattern().features().contains(Feature.ACKNOWLEDGES)
        && (acknowledging || queue.putWithin(SENDING_NS))) {
      // The answer to the next frame is the only way to tell the sender: it ends the thread.
      awaitThread(FAREWELL_MS);
    }
    link.close();
    awaitThread(limit.remainingMillis());
    // Between closing and the thread's end one more frame may have come.
    queue.close();
    if (ahead != null) {
      ahead.close(limit);
    }
    try {
      // Whoever has the turn may be in the application's own code: its recv closes them then.
      if (turn.tryLock() || turn.tryLock(limit.remainingNanos(), TimeUnit.NANOSECONDS)) {
        closeCodecs();
        turn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** By the holder of the turn. */
  private void closeCodecs() {
    if (!codecsClosed) {
      codecsClosed = true;
      decoder.close();
      encoder.close();
    }
  }

  private void awaitThread(long limitMs) {
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(Math.max(1, limitMs)); // 0 would be for ever
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
