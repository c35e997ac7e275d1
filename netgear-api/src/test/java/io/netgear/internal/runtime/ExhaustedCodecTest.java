package io.netgear.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.PluginLoader;
import io.netgear.internal.memory.DirectBufferPool;
import io.netgear.internal.providers.Codecs;
import io.netgear.internal.providers.Providers;
import io.netgear.plugins.ToyCodec;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import io.netgear.spi.PooledBuffer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory that runs out within a codec leaves nothing lent. */
class ExhaustedCodecTest {
  private static final FrameFormat FORMAT = FrameFormat.of(64, 48, PixelFormat.BGR);
  private static final Encoding JPEG = Encoding.jpeg(PixelFormat.BGR, true, true);

  private final DirectBufferPool pool = new DirectBufferPool("a test", 1 << 24);

  @TempDir Path folder;

  @Test
  void shouldTakeBackTheMemoryForBytesThatWereNotEncoded() throws Exception {
    try (PluginLoader plugins = new PluginLoader(folder);
        PayloadEncoder encoder =
            new PayloadEncoder(codecs(plugins), Jpeg.defaults(), 1 << 20, pool)) {
      assertThatThrownBy(() -> encoder.encode(Frame.allocate(FORMAT)))
          .isInstanceOf(OutOfMemoryError.class);

      assertThat(pool.lentBytes()).isZero();
    }
  }

  @Test
  void shouldTakeBackTheMemoryForPixelsThatWereNotDecoded() throws Exception {
    try (PluginLoader plugins = new PluginLoader(folder);
        PayloadDecoder decoder =
            new PayloadDecoder(codecs(plugins), new CodecOptions(Jpeg.defaults(), 1 << 20), pool)) {
      PooledBuffer payload = pool.acquire(100);

      assertThatThrownBy(() -> decoder.decode(payload, JPEG)).isInstanceOf(OutOfMemoryError.class);
      payload.release();

      assertThat(pool.lentBytes()).isZero();
    }
  }

  private static Codecs codecs(PluginLoader plugins) {
    return Codecs.of(Providers.visibleTo(plugins), new Exhausted());
  }

  private static final class Exhausted extends ToyCodec {
    @Override
    public FrameEncoder encoder(CodecOptions options) {
      return new FrameEncoder() {
        @Override
        public int maxEncodedBytes(FrameFormat format) {
          return 10_000;
        }

        @Override
        public Encoding describe(FrameFormat format) {
          return JPEG;
        }

        @Override
        public int encode(Frame in, ByteBuffer out) {
          throw new OutOfMemoryError("as if");
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public FrameDecoder decoder(CodecOptions options) {
      return new FrameDecoder() {
        @Override
        public FrameFormat probe(ByteBuffer in, Encoding encoding) {
          return FORMAT;
        }

        @Override
        public void decode(ByteBuffer in, Encoding encoding, Frame out) {
          throw new OutOfMemoryError("as if");
        }

        @Override
        public void close() {}
      };
    }
  }
}
