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
import org.junit.jupiter.api.Test;

/** How much garbage a frame's header makes: docs/wire-format.md#cost states the bounds. */
class WireAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 2_000;
  private static final int BOUND = 2_048;

  private static final FrameHeader HEADER =
      new FrameHeader(
          Encoding.jpeg(PixelFormat.BGR, true, false),
          null,
          "1",
          null,
          123_456,
          1_700_000_000_000_000L,
          "camera-1",
          -250);
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
    assertThat(perRound(() -> Wire.FORMAT.frame(HEADER, payload))).isLessThan(BOUND);
    assertThat(perRound(() -> Wire.FORMAT.frame(RAW_HEADER, payload))).isLessThan(BOUND);
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
    assertThat(perRound(() -> Wire.FORMAT.answer(answer, AnswerStyle.PLAIN))).isLessThan(BOUND);
    assertThat(perRound(() -> Wire.FORMAT.parseAnswer(plain, AnswerStyle.PLAIN))).isLessThan(BOUND);
  }

  /** The header in direct memory, as a transport delivers it. */
  private static Message received(FrameHeader header) {
    ByteBuffer bytes = Wire.FORMAT.frame(header, Wire.payload(1)).part(0);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
    return Message.of(PooledBuffer.unpooled(direct), Wire.payload(9_216));
  }

  private static Object release(Incoming incoming) {
    ((Incoming.FrameArrived) incoming).payload().release();
    return incoming;
  }

  private static long perRound(java.util.function.Supplier<Object> work) {
    Object last = null;
    for (int i = 0; i < ROUNDS; i++) {
      last = work.get();
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      last = work.get();
    }
    long bytes = (THREADS.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
    assertThat(last).isNotNull();
    System.getLogger(WireAllocationTest.class.getName())
        .log(System.Logger.Level.INFO, "{0} bytes a round", bytes);
    return bytes;
  }
}
