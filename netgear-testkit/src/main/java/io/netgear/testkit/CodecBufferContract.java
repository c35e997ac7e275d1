package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

/** A codec stays within the buffers that it is given, and leaves their positions alone. */
public interface CodecBufferContract extends CodecUnderTest {
  @Test
  default void shouldWriteFromPositionOnAndMoveNothing() {
    try (FrameEncoder encoder = codec().encoder(options())) {
      for (FrameFormat format : CodecBench.oneSizeOfEach(this, 33, 18)) {
        Frame source = TestFrames.smooth(format);
        byte[] expected = CodecBench.encode(encoder, source);
        int most = encoder.maxEncodedBytes(format);
        ByteBuffer out =
            TestFrames.memory(most + 64, TestFrames.GUARD).limit(most + 21).position(21);
        int written = encoder.encode(source, out);
        assertThat(out.position()).isEqualTo(21);
        assertThat(out.limit()).isEqualTo(most + 21);
        byte[] payload = new byte[written];
        out.get(21, payload);
        assertThat(payload).as("%s", format).isEqualTo(expected);
        requireGuards(out, 0, 21);
        requireGuards(out, most + 21, most + 64);
        assertThat(source.pixels().position()).isZero();
        assertThat(source.pixels().limit()).isEqualTo(format.byteSize());
      }
    }
  }

  @Test
  default void shouldReadBetweenPositionAndLimitAndMoveNothing() {
    try (FrameEncoder encoder = codec().encoder(options());
        FrameDecoder decoder = codec().decoder(options())) {
      for (FrameFormat format : CodecBench.oneSizeOfEach(this, 33, 18)) {
        byte[] payload = CodecBench.encode(encoder, TestFrames.smooth(format));
        Encoding encoding = encoder.describe(format);
        byte[] expected = TestFrames.packedBytes(CodecBench.decode(decoder, payload, encoding));
        ByteBuffer in = TestFrames.guarded(payload, 37);
        byte[] before = CodecBench.bytesOf(in);
        FrameFormat probed = decoder.probe(in, encoding);
        assertThat(in.position()).isEqualTo(37);
        assertThat(in.limit()).isEqualTo(37 + payload.length);
        Frame out = TestFrames.filled(probed, TestFrames.GUARD);
        decoder.decode(in, encoding, out);
        assertThat(in.position()).isEqualTo(37);
        assertThat(in.limit()).isEqualTo(37 + payload.length);
        assertThat(CodecBench.bytesOf(in)).as("the payload of %s", format).isEqualTo(before);
        assertThat(TestFrames.packedBytes(out)).as("%s", format).isEqualTo(expected);
        // The payload may lie in memory that nobody may write to.
        Frame again = TestFrames.filled(probed, TestFrames.GUARD);
        decoder.decode(in.asReadOnlyBuffer(), encoding, again);
        assertThat(TestFrames.packedBytes(again)).as("%s", format).isEqualTo(expected);
      }
    }
  }

  @Test
  default void shouldNeverNeedMoreThanItSaid() {
    try (FrameEncoder encoder = codec().encoder(options())) {
      for (FrameFormat format : CodecBench.formats(this)) {
        int most = encoder.maxEncodedBytes(format);
        for (int seed = 0; seed < 3; seed++) {
          ByteBuffer out = TestFrames.memory(most + 64, TestFrames.GUARD).limit(most);
          int written = encoder.encode(TestFrames.noise(format, seed), out);
          assertThat(written).as("bytes of %s of noise", format).isBetween(1, most);
          requireGuards(out, most, most + 64);
        }
      }
    }
  }

  @Test
  default void shouldRefuseBufferThatIsTooSmall() {
    try (FrameEncoder encoder = codec().encoder(options())) {
      for (FrameFormat format : CodecBench.oneSizeOfEach(this, 48, 40)) {
        Frame source = TestFrames.noise(format, 3);
        int needed = CodecBench.encode(encoder, source).length;
        for (int room : new int[] {0, 1, needed / 3, needed / 2, needed - 1}) {
          ByteBuffer out = TestFrames.memory(needed + 64, TestFrames.GUARD).limit(room);
          assertThatThrownBy(() -> encoder.encode(source, out))
              .as("%s of %d bytes into %d", format, needed, room)
              .isInstanceOf(CodecException.class);
          requireGuards(out, room, needed + 64);
        }
        assertThat(CodecBench.encode(encoder, source)).as("%s afterwards", format).hasSize(needed);
      }
    }
  }

  @Test
  default void shouldNotWriteIntoReadOnlyBuffer() {
    try (FrameEncoder encoder = codec().encoder(options())) {
      FrameFormat format = CodecBench.oneSizeOfEach(this, 16, 16).get(0);
      Frame source = TestFrames.smooth(format);
      ByteBuffer out = TestFrames.memory(encoder.maxEncodedBytes(format), TestFrames.GUARD);
      assertThatThrownBy(() -> encoder.encode(source, out.asReadOnlyBuffer()))
          .isInstanceOfAny(IllegalArgumentException.class, ReadOnlyBufferException.class);
      requireGuards(out, 0, out.capacity());
    }
  }

  @Test
  default void shouldRefuseHeapBuffersOrTreatThemRight() {
    try (FrameEncoder encoder = codec().encoder(options());
        FrameDecoder decoder = codec().decoder(options())) {
      FrameFormat format = CodecBench.oneSizeOfEach(this, 16, 16).get(0);
      Frame source = TestFrames.smooth(format);
      byte[] payload = CodecBench.encode(encoder, source);
      Encoding encoding = encoder.describe(format);
      ByteBuffer heap = ByteBuffer.allocate(encoder.maxEncodedBytes(format));
      if (accepts(() -> encoder.encode(source, heap))) {
        byte[] written = new byte[payload.length];
        heap.get(0, written);
        assertThat(written).isEqualTo(payload);
      }
      if (accepts(() -> decoder.probe(ByteBuffer.wrap(payload), encoding))) {
        assertThat(decoder.probe(ByteBuffer.wrap(payload), encoding)).isEqualTo(format);
      }
      Frame out = TestFrames.filled(format, TestFrames.GUARD);
      if (accepts(() -> decoder.decode(ByteBuffer.wrap(payload), encoding, out))) {
        assertThat(TestFrames.packedBytes(out))
            .isEqualTo(TestFrames.packedBytes(CodecBench.decode(decoder, payload, encoding)));
      }
    }
  }

  private static boolean accepts(Runnable call) {
    try {
      call.run();
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private static void requireGuards(ByteBuffer buffer, int from, int to) {
    byte[] bytes = CodecBench.bytesOf(buffer);
    for (int i = from; i < to; i++) {
      assertThat(bytes[i]).as("byte %d, which is out of bounds", i).isEqualTo(TestFrames.GUARD);
    }
  }
}
