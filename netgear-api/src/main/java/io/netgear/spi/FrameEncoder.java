package io.netgear.spi;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import java.nio.ByteBuffer;

/**
 * Encodes one frame after the other. Belongs to one thread at a time; in steady state (same format)
 * it allocates nothing.
 *
 * <p>Using it after {@link #close} throws IllegalStateException; closing twice is quiet.
 */
public interface FrameEncoder extends AutoCloseable {
  /**
   * How many bytes a frame of {@code format} may take at worst.
   *
   * @throws io.netgear.CodecException if this codec cannot encode that format; the message says
   *     what it can
   */
  int maxEncodedBytes(FrameFormat format);

  /**
   * What a header must say of frames of {@code format} that this encoder encoded. The same object
   * for the same format.
   */
  Encoding describe(FrameFormat format);

  /**
   * Encodes {@code in} into {@code out} from its position on. Reads {@code in} only, moves neither
   * buffer's position or limit.
   *
   * @param out a direct, writable buffer with room for {@link #maxEncodedBytes}
   * @return number of bytes written
   * @throws io.netgear.CodecException if the frame cannot be encoded or does not fit {@code out}
   */
  int encode(Frame in, ByteBuffer out);

  /**
   * Whether the payload of a frame without padding is the picture's bytes, so that a sender may
   * send them from where they lie instead of calling {@link #encode}.
   */
  default boolean payloadIsPixels() {
    return false;
  }

  @Override
  void close();
}
