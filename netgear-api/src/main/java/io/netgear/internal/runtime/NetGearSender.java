package io.netgear.internal.runtime;

import io.netgear.Address;
import io.netgear.DropReason;
import io.netgear.Frame;
import io.netgear.FrameSender;
import io.netgear.Jpeg;
import io.netgear.Receipt;
import io.netgear.Receipt.Status;
import io.netgear.ReceivedFrame;
import io.netgear.Stats;
import io.netgear.internal.Settings;
import io.netgear.internal.patterns.GaveUpException;
import io.netgear.internal.stats.Books;
import io.netgear.spi.BufferPool;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Feature;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendConversation;
import io.netgear.spi.SendConversation.Outcome;
import io.netgear.spi.WireFormat;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Encodes, numbers and sends on the caller's thread. Whoever holds {@code turn} owns encoder, link
 * and conversation.
 */
public final class NetGearSender implements FrameSender {
  private static final System.Logger LOG = System.getLogger("io.netgear.sender");

  /** After one that the network was too slow for; most networks stay what they are. */
  private static final int COPIED_WHEN_SLOW = 8;

  private final Settings settings;
  private final Books books;
  private final WireFormat wire = Opening.wire();
  private final ReentrantLock turn = new ReentrantLock(true);
  private final Closing closing = new Closing();
  private final PayloadEncoder encoder;
  private final PayloadDecoder decoder;

  /** Whether each receiver has a link of its own. */
  private final boolean sendsToEach;

  /** Tells this sender from those that used its name and port before. */
  private final long life = Opening.TICKER.epochMicros();

  private final List<Link> links;

  /** What this end calls itself in its messages, in multi-server mode; else null. */
  private final Object port;

  private final SendConversation conversation;
  private final boolean settlesLater;
  private final ClockOffset clockOffset = new ClockOffset();
  private final String patternLabel;
  private final Receipts receipts;
  private long nextSequence;

  /** Whether a browser was shown the frame in hand, which then is not lost without receivers. */
  private boolean watched;

  private NetGearSender(Settings settings) {
    this.settings = settings;
    this.books = new Books(settings.events());
    BufferPool pool = Opening.pool(settings);
    this.encoder = Opening.encoder(settings, pool);
    this.decoder = Opening.decoder(settings, pool);
    this.receipts = new Receipts(books, decoder, clockOffset, settings.modes().broadcast());
    this.patternLabel =
        settings.pattern().number() < 0
            ? settings.pattern().name()
            : Integer.toString(settings.pattern().number());
    this.sendsToEach =
        settings.modes().multiClient()
            && settings.pattern().features().contains(Feature.ACKNOWLEDGES);
    this.links = openLinks(pool);
    this.port = settings.modes().senderPort(links.get(0).addresses().get(0));
    this.settlesLater = settings.window() > 1;
    this.conversation = converse();
    if (links.size() == 1) {
      lendTo(links.get(0));
    }
  }

  private void lendTo(Link link) {
    if (conversation.awaitsEachFrame() && link.canTakeBack()) {
      encoder.lendPixels();
    } else if (!sendsToEach && settings.web() == null && link.canLetGo()) {
      encoder.lendPixelsWithSpare();
    }
  }

  /** The codec comes first: one that cannot work is noticed before a socket is touched. */
  private List<Link> openLinks(BufferPool pool) {
    try {
      encoder.encoder();
      LinkRole role = settings.pattern().senderRole();
      return sendsToEach
          ? Opening.links(settings, role, pool, books)
          : List.of(Opening.link(settings, role, pool, books));
    } catch (RuntimeException | Error e) {
      encoder.close();
      throw e;
    }
  }

  private SendConversation converse() {
    try {
      List<Dialogue> dialogues =
          links.stream()
              .map(
                  link -> Opening.dialogue(settings, link, port, life, wire, books, closing::begun))
              .toList();
      return sendsToEach
          ? settings.pattern().sending(dialogues)
          : settings.pattern().sending(dialogues.get(0));
    } catch (RuntimeException | Error e) {
      closeLinks();
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
      try {
        takeBackPixels();
      } finally {
        turn.unlock();
      }
    }
  }

  /** The frame is its owner's again when {@link #send} returns, whatever the link still holds. */
  private void takeBackPixels() {
    PooledBuffer lent = encoder.lent();
    try {
      if (lent != null && encoder.spare() == null) {
        links.get(0).takeBack(lent);
      } else if (lent != null && !links.get(0).letGo(lent, encoder.spare())) {
        encoder.copyNext(COPIED_WHEN_SLOW);
      }
    } finally {
      encoder.releaseSpare();
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
    receipts.release();
    books.offered();
    long sequence = nextSequence;
    Message packed = pack(payload, message, sequence, sentMicros, origin);
    nextSequence++;
    int encodedBytes = packed.part(1).remaining();
    books.payload(encodedBytes);
    Outcome outcome = hand(packed, sequence);
    boolean seen = watched && outcome.status() == Status.DROPPED;
    return settle(seen ? Outcome.of(Status.SENT) : outcome, sequence, encodedBytes);
  }

  private Message pack(
      Supplier<PayloadEncoder.Payload> source,
      Object message,
      long sequence,
      long sentMicros,
      String origin) {
    try {
      PayloadEncoder.Payload payload = source.get();
      FrameHeader header =
          new FrameHeader(
              payload.encoding(),
              message,
              patternLabel,
              port,
              sequence,
              sentMicros,
              origin,
              clockOffset.micros(),
              life);
      Message packed = wire.frame(header, payload.bytes());
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
      watched = settings.web() != null && links.get(0).show(header, payload.bytes());
      return packed;
    } catch (RuntimeException | Error e) { // memory that is used up is an Error
      books.dropped(DropReason.REFUSED);
      throw e;
    }
  }

  private Outcome hand(Message packed, long sequence) {
    try {
      Outcome outcome = conversation.send(packed, sequence);
      settleEarlier();
      return outcome;
    } catch (RuntimeException | Error e) {
      books.dropped(
          e instanceof GaveUpException gaveUp
              ? reason(gaveUp.status())
              : DropReason.NOT_ACKNOWLEDGED);
      settleEarlier();
      close();
      throw e;
    }
  }

  private Receipt settle(Outcome outcome, long sequence, int encodedBytes) {
    if (outcome.status() != Status.SENT || !settlesLater) {
      enter(outcome.status());
    }
    return receipts.of(outcome, sequence, encodedBytes);
  }

  private void enter(Status status) {
    if (status == Status.ACKNOWLEDGED || status == Status.SENT) {
      books.delivered();
    } else {
      books.dropped(reason(status));
    }
  }

  /** What became of frames whose receipts said that they are on their way. */
  private void settleEarlier() {
    for (Outcome earlier : conversation.settled()) {
      enter(earlier.status());
      if (earlier.answer() != null) {
        books.latency(TimeUnit.NANOSECONDS.toMicros(earlier.roundTripNanos()));
        earlier.answer().release();
      }
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
    return links.stream().flatMap(link -> link.addresses().stream()).toList();
  }

  @Override
  public List<URI> webAddresses() {
    return links.stream().flatMap(link -> link.webAddresses().stream()).toList();
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
    closing.once(this::letGo, !turn.isHeldByCurrentThread());
  }

  private void letGo() {
    sayGoodbye();
    closeLinks();
    turn.lock();
    try {
      settleAll();
      receipts.release();
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
        goodbye(limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (mine) {
        turn.unlock();
      }
    }
  }

  private void goodbye(Deadline limit) {
    try {
      conversation.goodbye(limit);
    } catch (RuntimeException e) { // a link that is broken has nobody to say it to
      LOG.log(System.Logger.Level.DEBUG, "No goodbye could be said.", e);
    } finally {
      settleEarlier();
    }
  }

  /** Where a send kept the turn until the links were closed, its frames' fate is still open. */
  private void settleAll() {
    goodbye(Deadline.afterNanos(0, Opening.TICKER));
  }

  /** Side by side, since each may take a moment to let go of its port. */
  private void closeLinks() {
    links.parallelStream().forEach(Link::close);
  }

  private void requireOpen() {
    if (closing.begun()) {
      throw new IllegalStateException("The sender " + settings.name() + " is closed.");
    }
  }
}
