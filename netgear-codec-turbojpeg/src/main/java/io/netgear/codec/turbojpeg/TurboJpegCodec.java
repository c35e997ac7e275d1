package io.netgear.codec.turbojpeg;

import io.netgear.spi.Availability;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;

/**
 * The codec {@code turbojpeg}: JPEG by libjpeg-turbo, bit for bit what libjpeg-turbo itself gives
 * for the same settings.
 *
 * <p>The first call of {@link #availability()}, {@link #encoder} or {@link #decoder} in a JVM loads
 * the native library; see docs/natives.md for where it is looked for. Any thread may call these;
 * what they give belongs to one thread at a time, and its {@code close} may be called from any.
 */
public final class TurboJpegCodec implements FrameCodec {
  /** For ServiceLoader. */
  public TurboJpegCodec() {}

  @Override
  public String name() {
    return "turbojpeg";
  }

  @Override
  public int spiVersion() {
    return 1;
  }

  @Override
  public Availability availability() {
    return NativeLibrary.availability();
  }

  @Override
  public String format() {
    return Encoding.JPEG;
  }

  @Override
  public FrameEncoder encoder(CodecOptions options) {
    return new JpegEncoder(options.jpeg(), Crew.shared());
  }

  @Override
  public FrameDecoder decoder(CodecOptions options) {
    return new JpegDecoder(options, Crew.shared());
  }
}
