package io.netgear.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Incoming;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How much garbage a frame's header makes: docs/wire-format.md#cost states the bounds. */
class WireAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 20_000;
  private static final int ROUNDS = 500;
  private static final int BOUND = 256;

  private static final FrameHeader HEADER =
      new FrameHeader(
          Encoding.jpeg(PixelFormat.BGR, true, false),
          null,
          "1",
          null,
          123_456,
          1_700_000_000_000_000L,
          "camera-1",
          -250,
          1_600_000_000_000_000L);
  private static final FrameHeader RAW_HEADER =
      new FrameHeader(
          Encoding.raw(FrameFormat.of(64, 48, PixelFormat.BGR)),
          null,
          "1",
          null,
          123_456,
          1_700_000_000_000_000L,
          "c",
          1);

  @Test
  void shouldBuildFrameMessageWithinBound() {
    PooledBuffer payload = Wire.payload(9_216);
    assertThat(perRound(() -> written(HEADER, payload))).isLessThan(BOUND);
    assertThat(perRound(() -> written(RAW_HEADER, payload))).isLessThan(BOUND);
  }

  @Test
  void shouldParseFrameMessageWithinBound() {
    Message jpeg = received(HEADER);
    Message raw = received(RAW_HEADER);
    assertThat(perRound(() -> release(Wire.FORMAT.parse(jpeg)))).isLessThan(BOUND);
    assertThat(perRound(() -> release(Wire.FORMAT.parse(raw)))).isLessThan(BOUND);
  }

  @Test
  void shouldAcknowledgeWithinBound() {
    Answer answer = Answer.acknowledgement(123_456, 1_700_000_000_000_000L, 1_700_000_000_000_001L);
    Message plain = Wire.FORMAT.answer(answer, AnswerStyle.PLAIN);
    assertThat(perRound(() -> close(Wire.FORMAT.answer(answer, AnswerStyle.PLAIN))))
        .isLessThan(BOUND);
    assertThat(perRound(() -> Wire.FORMAT.parseAnswer(plain, AnswerStyle.PLAIN))).isLessThan(BOUND);
  }

  /** The header in direct memory, as a transport delivers it. */
  private static Message received(FrameHeader header) {
    ByteBuffer bytes = Wire.FORMAT.frame(header, Wire.payload(1)).part(0);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
    return Message.of(PooledBuffer.unpooled(direct), Wire.payload(9_216));
  }

  /** As a transport does that copies headers: the payload stays the test's. */
  private static Object written(FrameHeader header, PooledBuffer payload) {
    return close(Wire.FORMAT.frame(header, payload.retain()));
  }

  private static Object close(Message message) {
    message.close();
    return message;
  }

  private static Object release(Incoming incoming) {
    ((Incoming.FrameArrived) incoming).payload().release();
    return incoming;
  }

  /**
   * The least of several, since a compiler at work adds to any of them; of many more where that is
   * too much, since the compiler may be late.
   */
  private static long perRound(Supplier<Object> work) {
    Object last = null;
    for (int i = 0; i < WARM_UP; i++) {
      last = work.get();
    }
    long least = Long.MAX_VALUE;
    long patienceEnds = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    for (int attempt = 0;
        attempt < 20 || least >= BOUND && System.nanoTime() - patienceEnds < 0;
        attempt++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < ROUNDS; i++) {
        last = work.get();
      }
      least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / ROUNDS);
    }
    assertThat(last).isNotNull();
    System.getLogger(WireAllocationTest.class.getName())
        .log(System.Logger.Level.INFO, "{0} bytes a round", least);
    return least;
  }
}
