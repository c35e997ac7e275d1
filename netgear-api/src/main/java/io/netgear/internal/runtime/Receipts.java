package io.netgear.internal.runtime;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.Peer;
import io.netgear.Receipt;
import io.netgear.Receipt.Status;
import io.netgear.WireFormatException;
import io.netgear.internal.stats.Books;
import io.netgear.spi.Answer;
import io.netgear.spi.SendConversation;
import io.netgear.spi.SendConversation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a sender's application is told of a frame: makes receipts out of outcomes, measuring and
 * decoding what came back. Belongs to whoever has the sender's turn.
 *
 * <p>The frames in a receipt lie in pooled memory and are the application's until {@link #release}.
 */
final class Receipts {
  private final Books books;
  private final PayloadDecoder decoder;
  private final ClockOffset clockOffset;
  private final boolean broadcast;
  private final List<PayloadDecoder.Pixels> returned = new ArrayList<>();

  Receipts(Books books, PayloadDecoder decoder, ClockOffset clockOffset, boolean broadcast) {
    this.books = books;
    this.decoder = decoder;
    this.clockOffset = clockOffset;
    this.broadcast = broadcast;
  }

  /** The receipt for a frame with that outcome, whose answers are released. */
  Receipt of(Outcome outcome, long sequence, int encodedBytes) {
    if (!outcome.shares().isEmpty()) {
      return ofSeveral(outcome, sequence, encodedBytes);
    }
    Answer answer = outcome.answer();
    if (answer == null) {
      return receipt(
          outcome.status(),
          sequence,
          encodedBytes,
          0,
          Optional.empty(),
          Optional.empty(),
          List.of());
    }
    measure(answer, outcome.roundTripNanos());
    return receipt(
        outcome.status(),
        sequence,
        encodedBytes,
        outcome.roundTripNanos(),
        Optional.ofNullable(answer.data()),
        frameOf(answer),
        List.of());
  }

  private void measure(Answer answer, long roundTripNanos) {
    long roundTripMicros = TimeUnit.NANOSECONDS.toMicros(roundTripNanos);
    books.latency(roundTripMicros);
    long now = Opening.TICKER.epochMicros();
    clockOffset.learn(now - roundTripMicros, answer.receivedMicros(), answer.answeredMicros(), now);
  }

  /**
   * Of several receivers. Their clocks differ, so no difference is told with the frames, which are
   * the same for all.
   */
  private Receipt ofSeveral(Outcome outcome, long sequence, int encodedBytes) {
    List<Receipt.Share> shares = outcome.shares().stream().map(this::share).toList();
    Receipt.Share only = broadcast ? null : shares.get(0);
    return receipt(
        outcome.status(),
        sequence,
        encodedBytes,
        outcome.roundTripNanos(),
        only == null ? Optional.empty() : only.data(),
        only == null ? Optional.empty() : only.frame(),
        shares);
  }

  private Receipt.Share share(SendConversation.Share share) {
    Answer answer = share.answer();
    if (answer != null) {
      books.latency(TimeUnit.NANOSECONDS.toMicros(share.roundTripNanos()));
    }
    return new Receipt.Share(
        share.port().toString(),
        share.status(),
        Duration.ofNanos(share.roundTripNanos()),
        answer == null ? Optional.empty() : Optional.ofNullable(answer.data()),
        answer == null ? Optional.empty() : frameOf(answer));
  }

  private Receipt receipt(
      Status status,
      long sequence,
      int encodedBytes,
      long roundTripNanos,
      Optional<Object> data,
      Optional<Frame> frame,
      List<Receipt.Share> shares) {
    boolean byOne = !broadcast && status == Status.ACKNOWLEDGED;
    return new Receipt(
        status,
        sequence,
        encodedBytes,
        Duration.ofNanos(roundTripNanos),
        data,
        frame,
        byOne ? shares.stream().map(Receipt.Share::port).findFirst() : Optional.empty(),
        shares);
  }

  private Optional<Frame> frameOf(Answer answer) {
    if (answer.payload() == null) {
      return Optional.empty();
    }
    try {
      PayloadDecoder.Pixels pixels = decoder.decode(answer.payload(), answer.encoding());
      returned.add(pixels);
      return Optional.of(pixels.frame());
    } catch (CodecException | NoMemoryException e) {
      // The frame that was sent arrived all the same; what came back is reported and left out.
      books.badMessage(
          Peer.UNKNOWN,
          new WireFormatException("The returned frame cannot be decoded: " + e.getMessage(), e));
      return Optional.empty();
    } finally {
      answer.release();
    }
  }

  /** Takes back the frames of the last receipt. */
  void release() {
    returned.forEach(pixels -> pixels.memory().release());
    returned.clear();
  }
}
