package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Work frame after frame: without garbage, and on several threads at once. */
public interface CodecSteadyStateContract extends CodecUnderTest {
  @Test
  default void shouldAllocateNothingInSteadyState() {
    try (FrameEncoder encoder = codec().encoder(options());
        FrameDecoder decoder = codec().decoder(options())) {
      for (FrameFormat format : CodecBench.oneSizeOfEach(this, 32, 24)) {
        Frame source = TestFrames.smooth(format);
        int most = encoder.maxEncodedBytes(format);
        ByteBuffer payload = TestFrames.memory(most, TestFrames.GUARD);
        Frame decoded = TestFrames.filled(format, TestFrames.GUARD);
        requireNoGarbage(
            "encoding and decoding " + format,
            () -> {
              int room = encoder.maxEncodedBytes(format);
              payload.limit(room);
              Encoding encoding = encoder.describe(format);
              payload.limit(encoder.encode(source, payload));
              if (decoder.probe(payload, encoding).packedSize() == decoded.format().packedSize()) {
                decoder.decode(payload, encoding, decoded);
              }
            });
      }
    }
  }

  /**
   * Runs {@code work} until the compiler has done its part, which takes a while where other
   * programs have the processor, and then measures. The measure is the thread's own count of bytes;
   * the least of several rounds counts, because a round in which the compiler steps back to the
   * interpreter shows garbage that compiled code does not make. What is tolerated is less than a
   * byte a call, which is to say none.
   */
  private static void requireNoGarbage(String what, Runnable work) {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "a JVM that counts bytes");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = 500;
    long least = Long.MAX_VALUE;
    long patienceEnds = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    for (int round = 0;
        least >= calls && (round < 40 || System.nanoTime() - patienceEnds < 0);
        round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        work.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes of garbage in %d calls of %s", calls, what).isLessThan(calls);
  }

  @Test
  default void shouldWorkOnSeveralThreadsWithOneEncoderEach() throws Exception {
    int threads = 3;
    List<FutureTask<Void>> tasks = new ArrayList<>();
    List<FrameFormat> formats = CodecBench.oneSizeOfEach(this, 61, 37);
    for (int t = 0; t < threads; t++) {
      FrameFormat format = formats.get(t % formats.size());
      Frame source = TestFrames.noise(format, t);
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                encodeAgainAndAgain(source);
                return null;
              });
      tasks.add(task);
      Thread thread = new Thread(task, "codec-contract-" + t);
      thread.setDaemon(true);
      thread.start();
    }
    for (FutureTask<Void> task : tasks) {
      task.get(60, TimeUnit.SECONDS);
    }
  }

  private void encodeAgainAndAgain(Frame source) {
    try (FrameEncoder encoder = codec().encoder(options());
        FrameDecoder decoder = codec().decoder(options())) {
      Encoding encoding = encoder.describe(source.format());
      byte[] payload = CodecBench.encode(encoder, source);
      byte[] picture = TestFrames.packedBytes(CodecBench.decode(decoder, payload, encoding));
      for (int i = 0; i < 200; i++) {
        byte[] again = CodecBench.encode(encoder, source);
        assertThat(again).as("payload %d", i).isEqualTo(payload);
        assertThat(TestFrames.packedBytes(CodecBench.decode(decoder, again, encoding)))
            .as("picture %d", i)
            .isEqualTo(picture);
      }
    }
  }
}
