package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.Availability;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import java.nio.ByteBuffer;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each of these codecs has one fault, and the contract must see it. */
class CodecContractNoticesFaultsTest {
  private byte[] garbage = {};

  @Test
  void shouldNoticeBytesWrittenBehindTheLimit() {
    assertNoticed(
        new Passing() {
          @Override
          int encode(FrameEncoder good, Frame in, ByteBuffer out) {
            int written = good.encode(in, out);
            if (out.limit() < out.capacity()) {
              out.duplicate().clear().put(out.limit(), (byte) 0);
            }
            return written;
          }
        },
        FrameCodecContract::shouldNeverNeedMoreThanItSaid);
  }

  @Test
  void shouldNoticePositionsThatMove() {
    assertNoticed(
        new Passing() {
          @Override
          int encode(FrameEncoder good, Frame in, ByteBuffer out) {
            int written = good.encode(in, out);
            out.position(out.position() + written);
            return written;
          }
        },
        FrameCodecContract::shouldWriteFromPositionOnAndMoveNothing);
  }

  @Test
  void shouldNoticePixelsThatAreNotWritten() {
    assertNoticed(
        new Passing() {
          @Override
          void decode(FrameDecoder good, ByteBuffer in, Encoding encoding, Frame out) {
            byte before = out.pixels().get(out.format().byteSize() - 1);
            good.decode(in, encoding, out);
            out.pixels().put(out.format().byteSize() - 1, before);
          }
        },
        FrameCodecContract::shouldSurviveFlippedBits);
  }

  @Test
  void shouldNoticePaddingThatIsOverwritten() {
    assertNoticed(
        new Passing() {
          @Override
          void decode(FrameDecoder good, ByteBuffer in, Encoding encoding, Frame out) {
            good.decode(in, encoding, out);
            if (!out.format().isPacked() && out.format().rows() > 1) {
              out.pixels().put(out.format().rowBytes(), (byte) 0);
            }
          }
        },
        FrameCodecContract::shouldDecodeIntoPaddedRowsAndLeavePaddingAlone);
  }

  @Test
  void shouldNoticeOtherExceptionsForBrokenBytes() {
    assertNoticed(
        new Passing() {
          @Override
          FrameFormat probe(FrameDecoder good, ByteBuffer in, Encoding encoding) {
            try {
              return good.probe(in, encoding);
            } catch (CodecException e) {
              throw new IndexOutOfBoundsException(e.getMessage());
            }
          }
        },
        FrameCodecContract::shouldSurviveTruncatedPayloads);
  }

  @Test
  void shouldNoticeGarbage() {
    assertNoticed(
        new Passing() {
          @Override
          int encode(FrameEncoder good, Frame in, ByteBuffer out) {
            garbage = new byte[1];
            return good.encode(in, out);
          }
        },
        FrameCodecContract::shouldAllocateNothingInSteadyState);
  }

  @Test
  void shouldNoticeLimitThatIsIgnored() {
    assertNoticed(
        new Passing() {
          @Override
          public FrameDecoder decoder(CodecOptions options) {
            return super.decoder(CodecOptions.defaults());
          }
        },
        FrameCodecContract::shouldRefusePicturesOverThePixelLimit);
  }

  @Test
  void shouldNoticeLoss() {
    assertNoticed(
        new Passing() {
          @Override
          int encode(FrameEncoder good, Frame in, ByteBuffer out) {
            int written = good.encode(in, out);
            out.put(out.position(), (byte) (out.get(out.position()) ^ 1));
            return written;
          }
        },
        FrameCodecContract::shouldKeepEveryBitWhenLossless);
  }

  private interface ContractTest {
    void run(FrameCodecContract contract) throws Exception;
  }

  private static void assertNoticed(FrameCodec faulty, ContractTest test) {
    FrameCodecContract contract =
        new FrameCodecContract() {
          @Override
          public FrameCodec codec() {
            return faulty;
          }

          @Override
          public Set<PixelFormat> pixelFormats() {
            return Set.of(PixelFormat.GRAY, PixelFormat.BGR);
          }
        };
    assertThatThrownBy(() -> test.run(contract))
        .isInstanceOfAny(AssertionError.class, IndexOutOfBoundsException.class);
  }

  /** The raw codec, with a place for a fault in each step. */
  private static class Passing implements FrameCodec {
    private final FrameCodec good = BuiltIn.codec("raw");

    int encode(FrameEncoder encoder, Frame in, ByteBuffer out) {
      return encoder.encode(in, out);
    }

    FrameFormat probe(FrameDecoder decoder, ByteBuffer in, Encoding encoding) {
      return decoder.probe(in, encoding);
    }

    void decode(FrameDecoder decoder, ByteBuffer in, Encoding encoding, Frame out) {
      decoder.decode(in, encoding, out);
    }

    @Override
    public String name() {
      return good.name();
    }

    @Override
    public int spiVersion() {
      return good.spiVersion();
    }

    @Override
    public Availability availability() {
      return good.availability();
    }

    @Override
    public String format() {
      return good.format();
    }

    @Override
    public FrameEncoder encoder(CodecOptions options) {
      FrameEncoder encoder = good.encoder(options);
      return new FrameEncoder() {
        @Override
        public int maxEncodedBytes(FrameFormat format) {
          return encoder.maxEncodedBytes(format);
        }

        @Override
        public Encoding describe(FrameFormat format) {
          return encoder.describe(format);
        }

        @Override
        public int encode(Frame in, ByteBuffer out) {
          return Passing.this.encode(encoder, in, out);
        }

        @Override
        public void close() {
          encoder.close();
        }
      };
    }

    @Override
    public FrameDecoder decoder(CodecOptions options) {
      FrameDecoder decoder = good.decoder(options);
      return new FrameDecoder() {
        @Override
        public FrameFormat probe(ByteBuffer in, Encoding encoding) {
          return Passing.this.probe(decoder, in, encoding);
        }

        @Override
        public void decode(ByteBuffer in, Encoding encoding, Frame out) {
          Passing.this.decode(decoder, in, encoding, out);
        }

        @Override
        public void close() {
          decoder.close();
        }
      };
    }
  }
}
