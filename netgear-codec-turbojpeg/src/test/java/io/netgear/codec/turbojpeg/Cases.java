package io.netgear.codec.turbojpeg;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import io.netgear.spi.CodecOptions;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/** Random pictures and settings, for what must hold of all of them. */
final class Cases {
  /**
   * More threads than this machine may have, so that strips and bands meet every number of them.
   */
  static final Crew CREW = new Crew(4);

  private Cases() {}

  /**
   * A picture, how it is encoded and how it is decoded.
   *
   * @param padding bytes between its rows
   */
  record Case(Frame picture, Jpeg jpeg, int padding) {
    /** Encoded by at most so many threads. */
    byte[] encodedBy(int threads) {
      try (JpegEncoder encoder = new JpegEncoder(jpeg.threads(threads), CREW)) {
        return Pictures.bytes(Pictures.encode(encoder, picture));
      }
    }

    /** The pixels that {@code encoded} holds, decoded by at most so many threads. */
    byte[] decodedBy(int threads, byte[] encoded) {
      FrameFormat format = picture.format().packed();
      Frame frame = Frame.allocate(format.withStride(format.rowBytes() + padding));
      Pictures.fill(frame, 0xA5);
      CodecOptions options =
          new CodecOptions(jpeg.threads(threads), CodecOptions.DEFAULT_MAX_PIXELS);
      ByteBuffer payload = Pictures.direct(encoded);
      try (JpegDecoder decoder = new JpegDecoder(options, CREW)) {
        decoder.decode(
            payload,
            io.netgear.spi.Encoding.jpeg(format.pixelFormat(), jpeg.fastDct(), jpeg.fastUpsample()),
            frame);
      }
      return Pictures.pixels(frame);
    }

    @Override
    public String toString() {
      return picture.format() + ", rows of " + picture.format().stride() + " bytes, " + jpeg;
    }
  }

  /** One of {@link #cases}, for tests that draw many at a time. */
  static Case random(Random random) {
    PixelFormat pixels = PixelFormat.values()[random.nextInt(PixelFormat.values().length)];
    FrameFormat format = FrameFormat.of(1 + random.nextInt(150), 1 + random.nextInt(300), pixels);
    int samplings = Subsampling.values().length;
    Subsampling subsampling = Subsampling.values()[random.nextInt(samplings)];
    boolean none = subsampling == Subsampling.GRAY && pixels == PixelFormat.CMYK;
    Jpeg jpeg =
        Jpeg.defaults()
            .subsampling(none ? Subsampling.S444 : subsampling)
            .quality(10 + random.nextInt(91))
            .fastDct(random.nextBoolean())
            .fastUpsample(random.nextBoolean());
    int padding = random.nextInt(10);
    return new Case(Pictures.golden(format, padding), jpeg, padding);
  }

  static Arbitrary<Case> cases() {
    Arbitrary<Jpeg> settings =
        Combinators.combine(
                Arbitraries.of(Subsampling.class),
                Arbitraries.integers()
                    .between(10, 100)
                    .withDistribution(RandomDistribution.uniform()),
                Arbitraries.of(false, true),
                Arbitraries.of(false, true))
            .as(
                (subsampling, quality, dct, upsample) ->
                    Jpeg.defaults()
                        .subsampling(subsampling)
                        .quality(quality)
                        .fastDct(dct)
                        .fastUpsample(upsample));
    return Combinators.combine(
            Arbitraries.integers().between(1, 150).withDistribution(RandomDistribution.uniform()),
            Arbitraries.integers().between(1, 300).withDistribution(RandomDistribution.uniform()),
            Arbitraries.of(PixelFormat.class),
            Arbitraries.integers().between(0, 9),
            settings)
        .as(
            (width, height, pixels, padding, jpeg) ->
                new Case(
                    Pictures.golden(FrameFormat.of(width, height, pixels), padding), jpeg, padding))
        .filter(
            one ->
                one.jpeg().subsampling() != Subsampling.GRAY
                    || one.picture().format().pixelFormat() != PixelFormat.CMYK);
  }
}
