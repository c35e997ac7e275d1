package io.netgear.internal.runtime;

import io.netgear.Address;
import io.netgear.CodecException;
import io.netgear.DropReason;
import io.netgear.Frame;
import io.netgear.FrameSender;
import io.netgear.Jpeg;
import io.netgear.Peer;
import io.netgear.Receipt;
import io.netgear.Receipt.Status;
import io.netgear.ReceivedFrame;
import io.netgear.Stats;
import io.netgear.WireFormatException;
import io.netgear.internal.Settings;
import io.netgear.internal.patterns.GaveUpException;
import io.netgear.internal.stats.Books;
import io.netgear.spi.Answer;
import io.netgear.spi.BufferPool;
import io.netgear.spi.Deadline;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Link;
import io.netgear.spi.Message;
import io.netgear.spi.SendConversation;
import io.netgear.spi.SendConversation.Outcome;
import io.netgear.spi.WireFormat;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Encodes, numbers and sends on the caller's thread. Whoever holds {@code turn} owns encoder, link
 * and conversation.
 */
public final class NetGearSender implements FrameSender {
  private static final System.Logger LOG = System.getLogger("io.netgear.sender");

  private final Settings settings;
  private final Books books;
  private final WireFormat wire = Opening.wire();
  private final ReentrantLock turn = new ReentrantLock(true);
  private final AtomicBoolean closing = new AtomicBoolean();
  private final PayloadEncoder encoder;
  private final PayloadDecoder decoder;
  private final Link link;
  private final SendConversation conversation;
  private final ClockOffset clockOffset = new ClockOffset();
  private final String patternLabel;
  private PayloadDecoder.Pixels returned;
  private long nextSequence;

  private NetGearSender(Settings settings) {
    this.settings = settings;
    this.books = new Books(settings.events());
    BufferPool pool = Opening.pool(settings);
    this.encoder = Opening.encoder(settings, pool);
    this.decoder = Opening.decoder(settings, pool);
    this.patternLabel =
        settings.pattern().number() < 0
            ? settings.pattern().name()
            : Integer.toString(settings.pattern().number());
    this.link = openLink(pool);
    this.conversation = converse();
  }

  /** The codec comes first: one that cannot work is noticed before a socket is touched. */
  private Link openLink(BufferPool pool) {
    try {
      encoder.encoder();
      return Opening.link(settings, settings.pattern().senderRole(), pool, books);
    } catch (RuntimeException | Error e) {
      encoder.close();
      throw e;
    }
  }

  private SendConversation converse() {
    try {
      return settings
          .pattern()
          .sending(Opening.dialogue(settings, link, wire, books, closing::get));
    } catch (RuntimeException | Error e) {
      link.close();
      encoder.close();
      throw e;
    }
  }

  /**
   * Opens a sender.
   *
   * @throws io.netgear.NetGearException if the codec or the address cannot be used; nothing stays
   *     open then
   */
  public static FrameSender open(Settings settings) {
    return new NetGearSender(settings);
  }

  @Override
  public Receipt send(Frame frame, Object message) {
    Objects.requireNonNull(frame, "frame");
    if (message instanceof Frame) {
      throw new IllegalArgumentException(
          "A message is a JSON value; a frame cannot be the message of a frame.");
    }
    long sentMicros = Opening.TICKER.epochMicros();
    turn.lock();
    try {
      return sendNow(() -> encoder.encode(frame), message, sentMicros, settings.name());
    } finally {
      turn.unlock();
    }
  }

  @Override
  public Receipt forward(ReceivedFrame received) {
    Objects.requireNonNull(received, "received");
    if (!(received instanceof PooledFrame pooled)) {
      throw new IllegalArgumentException(
          "Only frames that a NetGear receiver handed out can be forwarded, got a "
              + received.getClass().getName()
              + ": send its pixels instead.");
    }
    String origin = pooled.origin().isEmpty() ? settings.name() : pooled.origin();
    turn.lock();
    try {
      return sendNow(pooled::payload, pooled.message(), pooled.sentMicros(), origin);
    } finally {
      turn.unlock();
    }
  }

  private Receipt sendNow(
      Supplier<PayloadEncoder.Payload> payload, Object message, long sentMicros, String origin) {
    requireOpen();
    releaseReturned();
    books.offered();
    long sequence = nextSequence;
    Message packed = pack(payload, message, sequence, sentMicros, origin);
    nextSequence++;
    int encodedBytes = packed.part(1).remaining();
    books.payload(encodedBytes);
    return settle(hand(packed, sequence), sequence, encodedBytes);
  }

  private Message pack(
      Supplier<PayloadEncoder.Payload> source,
      Object message,
      long sequence,
      long sentMicros,
      String origin) {
    try {
      PayloadEncoder.Payload payload = source.get();
      Message packed =
          wire.frame(
              new FrameHeader(
                  payload.encoding(),
                  message,
                  patternLabel,
                  null,
                  sequence,
                  sentMicros,
                  origin,
                  clockOffset.micros()),
              payload.bytes());
      if (packed.size() > settings.maxMessageBytes()) {
        long size = packed.size();
        packed.close();
        throw new IllegalArgumentException(
            "The frame's message has "
                + size
                + " bytes, at most "
                + settings.maxMessageBytes()
                + " are allowed: compress it, or raise maxMessageBytes at both ends.");
      }
      return packed;
    } catch (RuntimeException | Error e) { // memory that is used up is an Error
      books.dropped(DropReason.REFUSED);
      throw e;
    }
  }

  private Outcome hand(Message packed, long sequence) {
    try {
      return conversation.send(packed, sequence);
    } catch (RuntimeException e) {
      books.dropped(
          e instanceof GaveUpException gaveUp
              ? reason(gaveUp.status())
              : DropReason.NOT_ACKNOWLEDGED);
      close();
      throw e;
    }
  }

  private Receipt settle(Outcome outcome, long sequence, int encodedBytes) {
    Status status = outcome.status();
    if (status == Status.ACKNOWLEDGED || status == Status.SENT) {
      books.delivered();
    } else {
      books.dropped(reason(status));
    }
    Answer answer = outcome.answer();
    if (answer == null) {
      return new Receipt(
          status,
          sequence,
          encodedBytes,
          Duration.ZERO,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    long roundTripMicros = TimeUnit.NANOSECONDS.toMicros(outcome.roundTripNanos());
    books.latency(roundTripMicros);
    long now = Opening.TICKER.epochMicros();
    clockOffset.learn(now - roundTripMicros, answer.receivedMicros(), answer.answeredMicros(), now);
    return new Receipt(
        status,
        sequence,
        encodedBytes,
        Duration.ofNanos(outcome.roundTripNanos()),
        Optional.ofNullable(answer.data()),
        returnedFrame(answer),
        Optional.ofNullable(answer.port()).map(Object::toString));
  }

  private Optional<Frame> returnedFrame(Answer answer) {
    if (answer.payload() == null) {
      return Optional.empty();
    }
    try {
      returned = decoder.decode(answer.payload(), answer.encoding());
      return Optional.of(returned.frame());
    } catch (CodecException e) {
      // The frame that was sent arrived all the same; what came back is reported and left out.
      books.badMessage(
          Peer.UNKNOWN,
          new WireFormatException("The returned frame cannot be decoded: " + e.getMessage(), e));
      return Optional.empty();
    } finally {
      answer.release();
    }
  }

  private static DropReason reason(Status status) {
    return switch (status) {
      case NO_PEER -> DropReason.NO_PEER;
      case DROPPED -> DropReason.QUEUE_FULL;
      case CLOSED -> DropReason.CLOSED;
      case TIMED_OUT, ACKNOWLEDGED, SENT -> DropReason.NOT_ACKNOWLEDGED;
    };
  }

  @Override
  public void compression(Jpeg jpeg) {
    reconfigure(Objects.requireNonNull(jpeg, "jpeg"));
  }

  @Override
  public void uncompressed() {
    reconfigure(null);
  }

  private void reconfigure(Jpeg jpeg) {
    turn.lock();
    try {
      requireOpen();
      encoder.reconfigure(jpeg);
    } finally {
      turn.unlock();
    }
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
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    sayGoodbye();
    link.close();
    turn.lock();
    try {
      releaseReturned();
      encoder.close();
      decoder.close();
    } finally {
      turn.unlock();
    }
  }

  private void sayGoodbye() {
    Deadline limit = Deadline.after(GOODBYE_LIMIT, Opening.TICKER);
    boolean mine = false;
    try {
      // without waiting first: a thread that was interrupted says goodbye too
      mine = turn.tryLock() || turn.tryLock(limit.remainingNanos(), TimeUnit.NANOSECONDS);
      if (mine) {
        conversation.goodbye(limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) { // a link that is broken has nobody to say it to
      LOG.log(System.Logger.Level.DEBUG, "No goodbye could be said.", e);
    } finally {
      if (mine) {
        turn.unlock();
      }
    }
  }

  private void releaseReturned() {
    if (returned != null) {
      returned.memory().release();
      returned = null;
    }
  }

  private void requireOpen() {
    if (closing.get()) {
      throw new IllegalStateException("The sender " + settings.name() + " is closed.");
    }
  }
}
