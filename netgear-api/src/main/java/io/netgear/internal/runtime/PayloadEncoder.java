package io.netgear.internal.runtime;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.internal.providers.Codecs;
import io.netgear.spi.BufferPool;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameEncoder;
import io.netgear.spi.PooledBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Frames to payloads in pooled memory, compressed or raw as the settings say at the moment. Belongs
 * to one thread at a time.
 */
final class PayloadEncoder implements AutoCloseable {
  /**
   * An encoded frame.
   *
   * @param encoding what its header must say
   * @param bytes owned by whoever holds this
   */
  record Payload(Encoding encoding, PooledBuffer bytes) {}

  /** From here on copying costs more than having the memory back. */
  static final int LENT_BYTES = 64 * 1024;

  private final Codecs codecs;
  private final BufferPool pool;
  private final long maxPixels;
  private FrameEncoder raw;
  private FrameEncoder compressing;
  private Jpeg jpeg;
  private boolean lends;
  private boolean spares;
  private int copies;
  private PooledBuffer spare;
  private final AtomicReference<PooledBuffer> lent = new AtomicReference<>();

  /**
   * For one end. Makes its encoders when a frame first needs them.
   *
   * @param jpeg how to compress; null for raw
   */
  PayloadEncoder(Codecs codecs, Jpeg jpeg, long maxPixels, BufferPool pool) {
    this.codecs = codecs;
    this.jpeg = jpeg;
    this.maxPixels = maxPixels;
    this.pool = pool;
  }

  /** Compresses from now on with {@code settings}, or not at all when null. */
  void reconfigure(Jpeg settings) {
    if (compressing != null && !jpeg.equals(settings)) {
      compressing.close();
      compressing = null;
    }
    jpeg = settings;
  }

  /** Makes the encoder now, so that a codec that cannot work is noticed before the first frame. */
  FrameEncoder encoder() {
    if (jpeg == null) {
      if (raw == null) {
        raw = codecs.raw().encoder(new CodecOptions(Jpeg.defaults(), maxPixels));
      }
      return raw;
    }
    if (compressing == null) {
      compressing = codecs.encoding().encoder(new CodecOptions(jpeg, maxPixels));
    }
    return compressing;
  }

  /**
   * Pixels that are their own payload are lent from now on instead of being copied: whoever sends
   * them must have them back before the frame is its owner's again.
   */
  void lendPixels() {
    lends = true;
  }

  /**
   * The same, with room for a copy of each: where what has it is slow, the frame is its owner's
   * again all the same.
   */
  void lendPixelsWithSpare() {
    lends = true;
    spares = true;
  }

  /** Copies the next {@code frames} instead of lending them. */
  void copyNext(int frames) {
    copies = frames;
  }

  /** Encodes {@code frame}, which is only read. */
  Payload encode(Frame frame) {
    Frame source = jpeg == null ? frame : pictureOf(frame);
    requireSize(source.format());
    FrameEncoder encoder = encoder();
    if (encoder.payloadIsPixels() && lends(source)) {
      ByteBuffer pixels = source.pixels().duplicate().order(ByteOrder.LITTLE_ENDIAN);
      pixels.clear().limit(source.format().byteSize());
      if (spares) {
        spare = pool.acquire(pixels.remaining());
      }
      return new Payload(encoder.describe(source.format()), lend(pixels));
    }
    PooledBuffer bytes = pool.acquire(encoder.maxEncodedBytes(source.format()));
    try {
      int length = encoder.encode(source, bytes.bytes());
      bytes.bytes().limit(length);
      return new Payload(encoder.describe(source.format()), bytes);
    } catch (RuntimeException | Error e) { // memory that is used up is an Error
      bytes.release();
      throw e;
    }
  }

  private boolean lends(Frame frame) {
    if (!lends || !isWorthLending(frame.format()) || (spares && !frame.pixels().isDirect())) {
      return false;
    }
    boolean copied = copies > 0;
    copies -= copied ? 1 : 0;
    return !copied;
  }

  private PooledBuffer lend(ByteBuffer pixels) {
    PooledBuffer out = new PooledBuffer(pixels, back -> lent.compareAndSet(back, null));
    lent.set(out);
    return out;
  }

  /** The pixels of the last frame where they were lent and are not back yet; else null. */
  PooledBuffer lent() {
    return lent.get();
  }

  /** Room for a copy of what was lent last; null where there is none. */
  PooledBuffer spare() {
    return spare;
  }

  /** There is no use for {@link #spare} any more. */
  void releaseSpare() {
    if (spare != null) {
      spare.release();
      spare = null;
    }
  }

  private static boolean isWorthLending(FrameFormat format) {
    return format.isPacked() && format.byteSize() >= LENT_BYTES;
  }

  /** Before memory for the worst case of such a picture is asked for. */
  private void requireSize(FrameFormat format) {
    long pixels = format.isPicture() ? (long) format.width() * format.height() : 0;
    if (jpeg != null && pixels > maxPixels) {
      throw new IllegalArgumentException(
          "The frame is "
              + format
              + ", "
              + pixels
              + " pixels, at most "
              + maxPixels
              + " are allowed: raise maxPixels at both ends, or send a smaller one.");
    }
  }

  private Frame pictureOf(Frame frame) {
    FrameFormat format = frame.format();
    PixelFormat wanted = jpeg.colorSpace().orElse(null);
    if (format.isPicture()) {
      if (wanted != null && wanted != format.pixelFormat()) {
        throw new IllegalArgumentException(
            "The frame is "
                + format
                + ", but compression was set to "
                + wanted
                + " frames: convert it, or leave the colour space out of the settings to send any.");
      }
      return frame;
    }
    PixelFormat assumed =
        wanted != null
            ? wanted
            : format.dimensions() < 2 || format.dimensions() > 3
                ? null
                : PixelFormat.ofChannels(format.dimensions() == 2 ? 1 : format.dimension(2));
    FrameFormat picture = assumed == null ? null : format.asPicture(assumed).orElse(null);
    if (picture == null) {
      throw new IllegalArgumentException(
          "An array "
              + format
              + " cannot be compressed"
              + (wanted == null ? "" : " as " + wanted)
              + ": compression takes pictures of 8 bits a channel. Send it with uncompressed().");
    }
    return Frame.wrap(picture, frame.pixels().duplicate().clear());
  }

  @Override
  public void close() {
    if (raw != null) {
      raw.close();
    }
    if (compressing != null) {
      compressing.close();
    }
  }
}
