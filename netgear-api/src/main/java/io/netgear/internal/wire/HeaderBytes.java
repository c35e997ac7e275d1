package io.netgear.internal.wire;

import io.netgear.spi.PooledBuffer;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Where a first part is written, no more than {@link Json#MAX_BYTES} of it. Lent out as the part
 * itself; with its last owner's release it may be written again.
 */
final class HeaderBytes extends OutputStream {
  /** Room for the usual header; what grew larger is not kept. */
  private static final int KEPT_BYTES = 1024;

  private static final int MAX_LONG_DIGITS = 19;

  private final Consumer<PooledBuffer> giveBack;
  private byte[] bytes = new byte[KEPT_BYTES];
  private ByteBuffer view = ByteBuffer.wrap(bytes);
  private int size;
  private boolean full;

  private HeaderBytes(AtomicReference<HeaderBytes> spare) {
    giveBack = returned -> spare.set(this);
  }

  /** Empty ones: {@code spare}'s, to which they return, or new ones when it has none. */
  static HeaderBytes from(AtomicReference<HeaderBytes> spare) {
    HeaderBytes header = spare.getAndSet(null);
    if (header == null || header.bytes.length > KEPT_BYTES) {
      return new HeaderBytes(spare);
    }
    header.size = 0;
    return header;
  }

  @Override
  public void write(int b) {
    makeRoom(1);
    if (!full) {
      bytes[size++] = (byte) b;
    }
  }

  /**
   * @throws IllegalArgumentException the first time that it is more than fits; what comes then is
   *     dropped
   */
  @Override
  public void write(byte[] source, int offset, int length) {
    makeRoom(length);
    if (!full) {
      System.arraycopy(source, offset, bytes, size, length);
      size += length;
    }
  }

  private void makeRoom(int length) {
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
    if (size + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + length, 2 * bytes.length));
      view = ByteBuffer.wrap(bytes);
    }
  }

  /** Adds ASCII text. */
  void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      write(text.charAt(i));
    }
  }

  /** Adds the digits of a number that is not negative. */
  void decimal(long number) {
    makeRoom(MAX_LONG_DIGITS);
    int end = size;
    long rest = number;
    do {
      bytes[end++] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    for (int low = size, high = end - 1; low < high; low++, high--) {
      byte digit = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = digit;
    }
    size = end;
  }

  /** What was written, as a message's part; not to be written until that is released. */
  PooledBuffer part() {
    view.clear().limit(size).order(ByteOrder.BIG_ENDIAN);
    return new PooledBuffer(view, giveBack);
  }
}
