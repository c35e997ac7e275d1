package io.netgear.internal.runtime;

import io.netgear.Frame;
import io.netgear.Peer;
import io.netgear.ReceivedFrame;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.PooledBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;

/** A frame in pooled memory, which it owns until closed. */
final class PooledFrame implements ReceivedFrame {
  private static final AtomicIntegerFieldUpdater<PooledFrame> CLOSED =
      AtomicIntegerFieldUpdater.newUpdater(PooledFrame.class, "closed");

  private final FrameHeader header;
  private final Peer carrier;
  private final long receivedMicros;
  private final PayloadDecoder.Pixels pixels;
  private final PooledBuffer encoded;
  private final AtomicLong unclosedBytes;
  private final long bytes;
  private volatile int closed;

  /**
   * A received frame.
   *
   * @param pixels null when they were not decoded; owned
   * @param encoded null when they are not kept; owned
   * @param unclosedBytes what the application holds, to which this frame adds until it is closed
   */
  PooledFrame(
      QueuedFrame queued,
      PayloadDecoder.Pixels pixels,
      PooledBuffer encoded,
      AtomicLong unclosedBytes) {
    this.header = queued.header();
    this.carrier = queued.peer();
    this.receivedMicros = queued.receivedMicros();
    this.pixels = pixels;
    this.encoded = encoded;
    this.unclosedBytes = unclosedBytes;
    this.bytes = bytesOf(pixels == null ? null : pixels.memory()) + bytesOf(encoded);
    unclosedBytes.addAndGet(bytes);
  }

  private static long bytesOf(PooledBuffer memory) {
    return memory == null ? 0 : memory.bytes().capacity();
  }

  @Override
  public Frame frame() {
    requireOpen();
    if (pixels == null) {
      throw new IllegalStateException(
          "The pixels were not decoded: the receiver was opened with encodedOnly().");
    }
    return pixels.frame();
  }

  @Override
  public Optional<ByteBuffer> encoded() {
    requireOpen();
    return encoded == null ? Optional.empty() : Optional.of(readOnly(encoded.bytes()));
  }

  /**
   * The bytes as they came and how they were made, for whoever sends them on; owned by the caller.
   */
  PayloadEncoder.Payload payload() {
    requireOpen();
    if (encoded == null) {
      throw new IllegalArgumentException(
          "This frame does not carry its encoded bytes: open the receiver with encodedOnly() or keepEncoded() to forward what it receives.");
    }
    return new PayloadEncoder.Payload(header.encoding(), encoded.retain());
  }

  /** The name of its first sender; empty when unknown. */
  String origin() {
    return header.senderId();
  }

  /** When {@code send} was called, or when it arrived where that is unknown; on this clock. */
  long sentMicros() {
    return sentMicros(header, receivedMicros);
  }

  private static ByteBuffer readOnly(ByteBuffer bytes) {
    return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public String encoding() {
    return header.encoding().format();
  }

  @Override
  public Object message() {
    return header.message();
  }

  @Override
  public Optional<String> senderPort() {
    return Optional.ofNullable(header.port()).map(Object::toString);
  }

  @Override
  public Peer peer() {
    String id = header.senderId();
    return id.isEmpty() ? carrier : new Peer(carrier.address(), id);
  }

  @Override
  public long sequence() {
    return header.sequence();
  }

  @Override
  public Optional<Instant> sentAt() {
    return header.sentMicros() < 0
        ? Optional.empty()
        : Optional.of(instant(sentMicros(header, receivedMicros)));
  }

  @Override
  public Instant receivedAt() {
    return instant(receivedMicros);
  }

  @Override
  public Duration age() {
    return Duration.of(ageMicros(header, receivedMicros), ChronoUnit.MICROS);
  }

  /** Microseconds since {@code send} was called, or since arrival where that is unknown. */
  static long ageMicros(FrameHeader header, long receivedMicros) {
    return Math.max(0, Opening.TICKER.epochMicros() - sentMicros(header, receivedMicros));
  }

  /**
   * When {@code send} was called, on this machine's clock as far as it is known, else the arrival;
   * never after arrival, which clocks that differ by an unknown amount would suggest.
   */
  private static long sentMicros(FrameHeader header, long receivedMicros) {
    if (header.sentMicros() < 0) {
      return receivedMicros;
    }
    long offset = header.clockOffsetMicros();
    long sent = header.sentMicros() + (offset == FrameHeader.UNKNOWN_OFFSET ? 0 : offset);
    return Math.min(sent, receivedMicros);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private void requireOpen() {
    if (closed == 1) {
      throw new IllegalStateException(
          "This received frame is closed, its memory belongs to another one: copy what must stay.");
    }
  }

  @Override
  public void close() {
    if (!CLOSED.compareAndSet(this, 0, 1)) {
      return;
    }
    unclosedBytes.addAndGet(-bytes);
    if (pixels != null) {
      pixels.memory().release();
    }
    if (encoded != null) {
      encoded.release();
    }
  }
}
