package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import io.netgear.spi.View;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * In steady state no call allocates on the Java heap, hot or cold, whatever the JIT makes of it.
 */
class AllocationTest {
  private static final int CALLS = 2_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is kept here is really allocated, whatever the compiler finds out. */
  volatile ByteBuffer seenByOthers;

  @Test
  void shouldAllocateNothingPerCall() {
    FrameFormat format = FrameFormat.of(64, 48, PixelFormat.BGR);
    Frame picture = Pictures.smooth(format);
    try (FrameEncoder encoder = new TurboJpegCodec().encoder(CodecOptions.defaults());
        FrameDecoder decoder = new TurboJpegCodec().decoder(CodecOptions.defaults())) {
      ByteBuffer out = ByteBuffer.allocateDirect(encoder.maxEncodedBytes(format));
      Frame decoded = Frame.allocate(format);
      assertThat(allocatedBy(() -> encoder.encode(picture, out.clear()))).as("encode").isZero();
      out.limit(encoder.encode(picture, out.clear()));
      Encoding encoding = encoder.describe(format);
      assertThat(allocatedBy(() -> encoder.describe(format))).as("describe").isZero();
      assertThat(allocatedBy(() -> encoder.maxEncodedBytes(format))).as("maxEncodedBytes").isZero();
      assertThat(allocatedBy(() -> decoder.probe(out, encoding))).as("probe").isZero();
      assertThat(allocatedBy(() -> decoder.decode(out, encoding, decoded))).as("decode").isZero();
    }
  }

  @Test
  void shouldAllocateNothingOnAnyThreadWhereSeveralWorkOnAFrame() {
    FrameFormat format = FrameFormat.of(400, 300, PixelFormat.BGR);
    Frame picture = Pictures.smooth(format);
    Jpeg jpeg = Jpeg.defaults().threads(3);
    CodecOptions options = new CodecOptions(jpeg, CodecOptions.DEFAULT_MAX_PIXELS);
    Crew crew = new Crew(3);
    try (FrameEncoder encoder = new JpegEncoder(jpeg, crew);
        FrameDecoder decoder = new JpegDecoder(options, crew)) {
      ByteBuffer out = ByteBuffer.allocateDirect(encoder.maxEncodedBytes(format));
      Frame decoded = Frame.allocate(format);
      assertThat(allocatedBy(() -> encoder.encode(picture, out.clear()))).as("encode").isZero();
      out.limit(encoder.encode(picture, out.clear()));
      Encoding encoding = encoder.describe(format);
      assertThat(allocatedBy(() -> decoder.decode(out, encoding, decoded))).as("decode").isZero();
    }
  }

  @Test
  void shouldAllocateNothingWherePartsOfAFrameAreTakenFromEarlierOnes() {
    FrameFormat format = FrameFormat.of(400, 400, PixelFormat.BGR);
    Frame picture = Pictures.smooth(format);
    Crew crew = new Crew(2);
    try (JpegEncoder encoder = new JpegEncoder(Jpeg.defaults(), crew);
        JpegDecoder decoder = new JpegDecoder(CodecOptions.defaults(), crew)) {
      ByteBuffer[] outs = {
        ByteBuffer.allocateDirect(encoder.maxEncodedBytes(format)),
        ByteBuffer.allocateDirect(encoder.maxEncodedBytes(format))
      };
      Frame decoded = Frame.allocate(format);
      Runnable encode =
          () -> {
            int turn = picture.pixels().get(0) & 1;
            picture.pixels().put(0, (byte) (turn == 0 ? 0xFF : 0));
            outs[turn].limit(encoder.encode(picture, outs[turn].clear()));
          };
      assertThat(allocatedBy(encode)).as("encode").isZero();
      assertThat(encoder.reusedStrips()).isEqualTo(1);
      Encoding encoding = encoder.describe(format);
      int[] turn = {0};
      Runnable decode = () -> decoder.decode(outs[turn[0] ^= 1], encoding, decoded);
      assertThat(allocatedBy(decode)).as("decode").isZero();
      assertThat(decoder.reusedIntervals()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, false, 0, 0, 0, 0",
    "1, 1, true, 0, 0, 0, 0",
    "1, 1, false, 100, 90, 200, 150",
    "3, 2, false, 0, 0, 0, 0",
    "3, 8, true, 0, 0, 0, 0",
    "3, 1, false, 100, 90, 200, 150",
    "3, 4, true, 100, 90, 200, 150",
  })
  void shouldAllocateNothingWhereLessThanThePictureIsDecoded(
      int threads, int scale, boolean gray, int left, int top, int width, int height) {
    FrameFormat format = FrameFormat.of(400, 300, PixelFormat.BGR);
    Frame picture = Pictures.smooth(format);
    Jpeg jpeg = Jpeg.defaults().threads(threads);
    View view = new View(scale, gray, left, top, width, height);
    Crew crew = new Crew(3);
    try (FrameEncoder encoder = new JpegEncoder(jpeg, crew);
        FrameDecoder decoder =
            new JpegDecoder(new CodecOptions(jpeg, CodecOptions.DEFAULT_MAX_PIXELS, view), crew)) {
      ByteBuffer out = ByteBuffer.allocateDirect(encoder.maxEncodedBytes(format));
      out.limit(encoder.encode(picture, out));
      Encoding encoding = encoder.describe(format);
      Frame decoded = Frame.allocate(decoder.probe(out, encoding));
      assertThat(allocatedBy(() -> decoder.probe(out, encoding))).as("probe").isZero();
      assertThat(allocatedBy(() -> decoder.decode(out, encoding, decoded))).as("decode").isZero();
    }
  }

  @Test
  void shouldAllocateNothingWhereAllChangesAndIsLookedAtForWhatDoesNot() {
    FrameFormat format = FrameFormat.of(400, 400, PixelFormat.BGR);
    Frame[] pictures = {Pictures.smooth(format), Pictures.golden(format, 0)};
    Crew crew = new Crew(2);
    try (JpegEncoder encoder = new JpegEncoder(Jpeg.defaults(), crew);
        JpegDecoder decoder = new JpegDecoder(CodecOptions.defaults(), crew)) {
      ByteBuffer[] outs = {
        ByteBuffer.allocateDirect(encoder.maxEncodedBytes(format)),
        ByteBuffer.allocateDirect(encoder.maxEncodedBytes(format))
      };
      int[] turn = {0};
      Runnable encode =
          () -> {
            turn[0] ^= 1;
            outs[turn[0]].limit(encoder.encode(pictures[turn[0]], outs[turn[0]].clear()));
          };
      assertThat(allocatedBy(encode)).as("encode").isZero();
      assertThat(encoder.reusedStrips()).isZero();
      Encoding encoding = encoder.describe(format);
      Frame decoded = Frame.allocate(format);
      Runnable decode = () -> decoder.decode(outs[turn[0] ^= 1], encoding, decoded);
      assertThat(allocatedBy(decode)).as("decode").isZero();
      assertThat(decoder.reusedIntervals()).isZero();
    }
  }

  @Test
  void shouldSeeAnAllocationWhereThereIsOne() {
    assertThat(allocatedBy(() -> seenByOthers = ByteBuffer.allocate(8))).isGreaterThan(0);
  }

  /**
   * Bytes that one call allocates, on average and rounded up. The calls before measuring load
   * classes and fill caches.
   */
  private long allocatedBy(Runnable call) {
    for (int i = 0; i < 100; i++) {
      call.run();
    }
    long[] measured = ownThreads();
    total(threads.getThreadAllocatedBytes(measured));
    long before = total(threads.getThreadAllocatedBytes(measured));
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    long allocated = total(threads.getThreadAllocatedBytes(measured)) - before;
    return allocated / CALLS;
  }

  /** This thread and the helpers. */
  private long[] ownThreads() {
    return Stream.concat(
            Stream.of(Thread.currentThread()),
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("netgear-jpeg-")))
        .mapToLong(Thread::getId)
        .toArray();
  }

  private static long total(long[] bytes) {
    long sum = 0;
    for (long some : bytes) {
      sum += some;
    }
    return sum;
  }
}
