package io.netgear.spi;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import java.nio.ByteBuffer;

/**
 * Decodes one payload after the other. Belongs to one thread at a time; in steady state (same
 * format) it allocates nothing.
 *
 * <p>Payloads come from the network and are hostile: any bytes give either a correct picture or a
 * {@link io.netgear.CodecException}; never a crash, a hang, or pixels that were not decoded. Using
 * it after {@link #close} throws IllegalStateException; closing twice is quiet.
 */
public interface FrameDecoder extends AutoCloseable {
  /**
   * The format, without padding, that {@link #decode} will give for this payload. Looks at the
   * bytes' headers only and reserves nothing.
   *
   * @param in a direct buffer; its position and limit are left alone
   * @throws io.netgear.CodecException if the bytes are not of this codec's format, are over the
   *     pixel limit, or contradict {@code encoding}
   */
  FrameFormat probe(ByteBuffer in, Encoding encoding);

  /**
   * Decodes into {@code out}, whose packed format is what {@link #probe} said; its rows may be
   * padded.
   *
   * @param in a direct buffer; its position and limit are left alone
   * @throws io.netgear.CodecException if the bytes are broken; {@code out} then holds anything
   */
  void decode(ByteBuffer in, Encoding encoding, Frame out);

  /**
   * Whether a payload, once probed, already is the picture's bytes, so that a receiver may use them
   * where they lie instead of calling {@link #decode}.
   */
  default boolean payloadIsPixels() {
    return false;
  }

  @Override
  void close();
}
