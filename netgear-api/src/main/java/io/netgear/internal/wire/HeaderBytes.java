package io.netgear.internal.wire;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects a header's bytes, no more than {@link Json#MAX_BYTES}. The usual header arrives in one
 * piece and is copied once.
 */
final class HeaderBytes extends OutputStream {
  private byte[] bytes = new byte[0];
  private int size;
  private boolean full;

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * @throws IllegalArgumentException the first time that it is more than fits; what comes then is
   *     dropped
   */
  @Override
  public void write(byte[] source, int offset, int length) {
    if (full) {
      return;
    }
    if (length > Json.MAX_BYTES - size) {
      full = true;
      throw new IllegalArgumentException(
          "The message or data that goes with a frame makes a header of more than "
              + Json.MAX_BYTES
              + " bytes of JSON, the limit: send less of it, or send it as a frame.");
    }
    if (size == 0) {
      bytes = Arrays.copyOfRange(source, offset, offset + length);
    } else {
      if (size + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(size + length, 2 * bytes.length));
      }
      System.arraycopy(source, offset, bytes, size, length);
    }
    size += length;
  }

  /** What was written. */
  ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes, 0, size);
  }
}
