package io.netgear.internal.runtime;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.internal.providers.Codecs;
import io.netgear.spi.BufferPool;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.PooledBuffer;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Payloads to pixels in pooled memory, with whichever codec reads what the header names. Belongs to
 * one thread at a time.
 */
final class PayloadDecoder implements AutoCloseable {
  /**
   * A decoded frame.
   *
   * @param frame the pixels
   * @param memory where they lie, owned by whoever holds this
   */
  record Pixels(Frame frame, PooledBuffer memory) {}

  private final Codecs codecs;
  private final CodecOptions options;
  private final BufferPool pool;
  private final Map<String, FrameDecoder> decoders = new HashMap<>();

  PayloadDecoder(Codecs codecs, CodecOptions options, BufferPool pool) {
    this.codecs = codecs;
    this.options = options;
    this.pool = pool;
  }

  /**
   * Decodes {@code payload}, which stays the caller's.
   *
   * @throws CodecException if it is broken, too large, or of a format that no codec here reads
   * @throws NoMemoryException if the pool's limit is reached
   */
  Pixels decode(PooledBuffer payload, Encoding encoding) {
    FrameDecoder decoder = decoders.get(encoding.format());
    if (decoder == null) {
      decoder = codecs.decoding(encoding.format()).decoder(options);
      decoders.put(encoding.format(), decoder);
    }
    ByteBuffer bytes = payload.bytes();
    FrameFormat format = decoder.probe(bytes, encoding);
    if (decoder.payloadIsPixels()) {
      return new Pixels(Frame.wrap(asSeen(format), bytes), payload.retain());
    }
    PooledBuffer memory = memoryFor(format);
    try {
      Frame frame = Frame.wrap(format, memory.bytes());
      decoder.decode(bytes, encoding, frame);
      return new Pixels(frame, memory);
    } catch (RuntimeException | Error e) {
      memory.release();
      throw e;
    }
  }

  private PooledBuffer memoryFor(FrameFormat format) {
    try {
      return pool.acquire(format.byteSize());
    } catch (IllegalStateException e) {
      throw new NoMemoryException(format, e);
    }
  }

  /** An array that looks like a picture is one, as OpenCV would have it. */
  private static FrameFormat asSeen(FrameFormat format) {
    if (format.isPicture() || format.dimensions() < 2 || format.dimensions() > 3) {
      return format;
    }
    int channels = format.dimensions() == 2 ? 1 : format.dimension(2);
    PixelFormat assumed = PixelFormat.ofChannels(channels);
    boolean keepsShape = format.dimensions() == 2 || channels > 1;
    return assumed == null || !keepsShape ? format : format.asPicture(assumed).orElse(format);
  }

  @Override
  public void close() {
    decoders.values().forEach(FrameDecoder::close);
  }
}
