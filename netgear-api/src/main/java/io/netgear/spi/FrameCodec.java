package io.netgear.spi;

/**
 * Turns pixels into bytes and back.
 *
 * <p>It knows nothing of headers, messages or networks. A codec is chosen by {@link #name()} for
 * encoding; a receiver follows the {@link #format()} that the message names, taking the codec that
 * it was told to prefer when that one reads the format.
 */
public interface FrameCodec extends Provider {
  /**
   * The kind of bytes that it writes and reads, such as {@link Encoding#JPEG}. Several codecs may
   * share one.
   */
  String format();

  /**
   * A new encoder. The caller closes it.
   *
   * @throws io.netgear.CodecException if it cannot work here, with the reason of {@link
   *     #availability()}
   */
  FrameEncoder encoder(CodecOptions options);

  /**
   * A new decoder. The caller closes it.
   *
   * @throws io.netgear.CodecException if it cannot work here, with the reason of {@link
   *     #availability()}
   */
  FrameDecoder decoder(CodecOptions options);
}
