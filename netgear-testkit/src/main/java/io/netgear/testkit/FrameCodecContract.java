package io.netgear.testkit;

/**
 * What every codec must do, as tests. A codec's test class implements this and says which codec and
 * what it encodes:
 *
 * <pre>{@code
 * class ZipCodecTest implements FrameCodecContract {
 *   @Override
 *   public FrameCodec codec() {
 *     return new ZipCodec();
 *   }
 *
 *   @Override
 *   public Set<PixelFormat> pixelFormats() {
 *     return EnumSet.allOf(PixelFormat.class);
 *   }
 * }
 * }</pre>
 *
 * <p>A lossy codec adds its {@link #tolerance}; a second decoder makes the tests sharper.
 */
public interface FrameCodecContract
    extends CodecRoundTripContract,
        CodecBufferContract,
        CodecDefenceContract,
        CodecSteadyStateContract {}
