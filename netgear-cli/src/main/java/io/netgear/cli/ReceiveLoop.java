package io.netgear.cli;

import io.netgear.Address;
import io.netgear.FrameReceiver;
import io.netgear.ReceivedFrame;
import io.netgear.StreamEnd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** From a receiver to whatever is done with its frames, until somebody ends it. */
final class ReceiveLoop {
  private static final Duration LOOK_UP = Duration.ofMillis(200);

  private final FrameReceiver receiver;
  private final List<FrameSink> sinks;
  private final LimitFlags limits;
  private final Duration silence;
  private final BooleanSupplier stopping;
  private final boolean encodedOnly;

  /**
   * For one stream.
   *
   * @param silence after how long without a frame to stop; zero for never
   * @param stopping whether somebody wants to stop
   * @param encodedOnly whether frames come without pixels
   */
  ReceiveLoop(
      FrameReceiver receiver,
      List<FrameSink> sinks,
      LimitFlags limits,
      Duration silence,
      BooleanSupplier stopping,
      boolean encodedOnly) {
    this.receiver = receiver;
    this.sinks = sinks;
    this.limits = limits;
    this.silence = silence;
    this.stopping = stopping;
    this.encodedOnly = encodedOnly;
  }

  /** Takes frame after frame. */
  Ended run(Tally tally) {
    long lastNanos = System.nanoTime();
    while (!stopping.getAsBoolean()) {
      Optional<ReceivedFrame> received = receiver.recv(LOOK_UP);
      if (received.isPresent()) {
        lastNanos = System.nanoTime();
        take(received.get(), tally);
        if (limits.enough(tally.frames())) {
          return Ended.LIMIT;
        }
      } else if (receiver.ended()) {
        return ended(tally);
      } else if (!silence.isZero() && System.nanoTime() - lastNanos > silence.toNanos()) {
        return silent(tally);
      }
      if (limits.timeIsUp(tally.nanos())) {
        return Ended.LIMIT;
      }
      if (!sinks.stream().allMatch(FrameSink::wantsMore)) {
        return Ended.GOODBYE;
      }
    }
    return Ended.GOODBYE;
  }

  private void take(ReceivedFrame received, Tally tally) {
    try (received) {
      tally.frame(encodedOnly ? null : received.frame().format(), received.message() != null);
      sinks.forEach(sink -> sink.take(received));
    }
  }

  private Ended ended(Tally tally) {
    StreamEnd end = receiver.end().orElse(StreamEnd.CLOSED);
    if (end != StreamEnd.IDLE) {
      return Ended.GOODBYE;
    }
    throw new StreamFailure(
        Ended.TIMEOUT,
        tally.started()
            ? "The sender fell silent without a goodbye after "
                + tally.frames()
                + " frames. --retries sets how long to wait for it."
            : nothingCame("in time"),
        null);
  }

  private Ended silent(Tally tally) {
    if (tally.started()) {
      return Ended.TIMEOUT;
    }
    throw new StreamFailure(
        Ended.TIMEOUT, nothingCame("within " + silence.toMillis() / 1e3 + " s"), null);
  }

  private String nothingCame(String when) {
    return "No frame arrived "
        + when
        + " at "
        + receiver.addresses().stream().map(Address::toString).collect(Collectors.joining(", "))
        + ". Is the sender running, and is this the address that it connects to?";
  }
}
