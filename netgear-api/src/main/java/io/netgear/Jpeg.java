package io.netgear;

import java.util.Objects;
import java.util.Optional;

/**
 * How frames are compressed. Immutable: every setter gives a changed copy.
 *
 * <p>The defaults are those of the Python peer: quality 90, 4:2:2, fast DCT, smooth upsampling. A
 * codec other than JPEG takes from these settings what it has a use for.
 */
public final class Jpeg {
  /** Most threads that may be asked for. */
  public static final int MAX_THREADS = 64;

  private static final Jpeg DEFAULTS = new Jpeg(null, 90, Subsampling.S422, true, false, 0, true);

  private final PixelFormat colorSpace;
  private final int quality;
  private final Subsampling subsampling;
  private final boolean fastDct;
  private final boolean fastUpsample;
  private final int threads;
  private final boolean reuse;

  private Jpeg(
      PixelFormat colorSpace,
      int quality,
      Subsampling subsampling,
      boolean fastDct,
      boolean fastUpsample,
      int threads,
      boolean reuse) {
    this.colorSpace = colorSpace;
    this.quality = quality;
    this.subsampling = subsampling;
    this.fastDct = fastDct;
    this.fastUpsample = fastUpsample;
    this.threads = threads;
    this.reuse = reuse;
  }

  /** The defaults, for frames of any colour space. */
  public static Jpeg defaults() {
    return DEFAULTS;
  }

  /**
   * The defaults for frames of one colour space. A frame of another one is refused by {@code send};
   * an array of bytes without a pixel format is taken to be of this one.
   */
  public static Jpeg of(PixelFormat colorSpace) {
    return DEFAULTS.colorSpace(Objects.requireNonNull(colorSpace, "colorSpace"));
  }

  /** With frames of {@code colorSpace} only. */
  public Jpeg colorSpace(PixelFormat colorSpace) {
    return new Jpeg(
        Objects.requireNonNull(colorSpace),
        quality,
        subsampling,
        fastDct,
        fastUpsample,
        threads,
        reuse);
  }

  /**
   * With a quality of 10 (small) to 100 (nearly lossless).
   *
   * @throws IllegalArgumentException outside of that
   */
  public Jpeg quality(int quality) {
    if (quality < 10 || quality > 100) {
      throw new IllegalArgumentException("JPEG quality is 10 to 100, got " + quality + ".");
    }
    return new Jpeg(colorSpace, quality, subsampling, fastDct, fastUpsample, threads, reuse);
  }

  /** With another colour resolution. */
  public Jpeg subsampling(Subsampling subsampling) {
    return new Jpeg(
        colorSpace,
        quality,
        Objects.requireNonNull(subsampling),
        fastDct,
        fastUpsample,
        threads,
        reuse);
  }

  /**
   * With the fast or the accurate DCT, here and (through the header) at the receiver. Saves 1 to 4
   * % of decoding for about 1.4 dB at quality 90; does nothing for encoding below quality 96.
   */
  public Jpeg fastDct(boolean fastDct) {
    return new Jpeg(colorSpace, quality, subsampling, fastDct, fastUpsample, threads, reuse);
  }

  /**
   * With colours repeated instead of interpolated at the receiver: about 10 % off decoding, visible
   * at sharp colour edges.
   */
  public Jpeg fastUpsample(boolean fastUpsample) {
    return new Jpeg(colorSpace, quality, subsampling, fastDct, fastUpsample, threads, reuse);
  }

  /**
   * With at most {@code threads} threads at work on one frame: the caller, and idle ones of the
   * helpers that all encoders and decoders of the process share. 1 works alone; 0, the default,
   * takes all cores for frames large enough for that to pay.
   *
   * <p>A JPEG that several threads may make has restart markers, and some ten bytes more for each
   * part; its pixels are the same. A codec that knows no threads ignores this.
   *
   * @throws IllegalArgumentException outside of 0 to {@link #MAX_THREADS}
   */
  public Jpeg threads(int threads) {
    if (threads < 0 || threads > MAX_THREADS) {
      throw new IllegalArgumentException(
          "JPEG threads are 1 to "
              + MAX_THREADS
              + ", or 0 for as many as pay; got "
              + threads
              + ".");
    }
    return new Jpeg(colorSpace, quality, subsampling, fastDct, fastUpsample, threads, reuse);
  }

  /**
   * Whether what did not change since an earlier frame is taken from there instead of being encoded
   * or decoded again, wherever that pays; the default. Bytes and pixels are the same either way.
   * Without, an encoder or decoder remembers nothing and takes less memory. A codec that does no
   * such thing ignores this.
   */
  public Jpeg reuse(boolean reuse) {
    return new Jpeg(colorSpace, quality, subsampling, fastDct, fastUpsample, threads, reuse);
  }

  /** The only colour space that frames may have; empty when any will do. */
  public Optional<PixelFormat> colorSpace() {
    return Optional.ofNullable(colorSpace);
  }

  /** 10 to 100. */
  public int quality() {
    return quality;
  }

  /** The colour resolution; frames in GRAY make a one-component JPEG whatever it says. */
  public Subsampling subsampling() {
    return subsampling;
  }

  /** Whether the fast DCT is used. */
  public boolean fastDct() {
    return fastDct;
  }

  /** Whether the receiver repeats colours instead of interpolating them. */
  public boolean fastUpsample() {
    return fastUpsample;
  }

  /** Most threads that work on one frame; 0 for as many as pay. */
  public int threads() {
    return threads;
  }

  /** Whether parts that did not change are taken from an earlier frame. */
  public boolean reuse() {
    return reuse;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Jpeg that
        && colorSpace == that.colorSpace
        && quality == that.quality
        && subsampling == that.subsampling
        && fastDct == that.fastDct
        && fastUpsample == that.fastUpsample
        && threads == that.threads
        && reuse == that.reuse;
  }

  @Override
  public int hashCode() {
    return Objects.hash(colorSpace, quality, subsampling, fastDct, fastUpsample, threads, reuse);
  }

  @Override
  public String toString() {
    return "JPEG "
        + (colorSpace == null ? "" : colorSpace + " ")
        + "quality "
        + quality
        + ", "
        + subsampling.label()
        + (fastDct ? ", fast DCT" : "")
        + (fastUpsample ? ", fast upsampling" : "")
        + (threads == 0 ? "" : threads == 1 ? ", 1 thread" : ", " + threads + " threads")
        + (reuse ? "" : ", nothing reused");
  }
}
