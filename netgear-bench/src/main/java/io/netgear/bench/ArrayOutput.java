package io.netgear.bench;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageOutputStreamImpl;

/** An array for ImageIO to write to again and again, without the copies of its own stream. */
final class ArrayOutput extends ImageOutputStreamImpl {
  private final byte[] bytes;
  private int length;

  ArrayOutput(int capacity) {
    bytes = new byte[capacity];
  }

  void rewind() throws IOException {
    flushedPos = 0;
    seek(0);
    length = 0;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void write(int value) throws IOException {
    flushBits();
    requireRoom(1);
    bytes[(int) streamPos++] = (byte) value;
    length = (int) Math.max(length, streamPos);
  }

  @Override
  public void write(byte[] source, int offset, int count) throws IOException {
    flushBits();
    requireRoom(count);
    System.arraycopy(source, offset, bytes, (int) streamPos, count);
    streamPos += count;
    length = (int) Math.max(length, streamPos);
  }

  private void requireRoom(int count) throws EOFException {
    if (streamPos + count > bytes.length) {
      throw new EOFException("The JPEG does not fit " + bytes.length + " bytes.");
    }
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < length ? bytes[(int) streamPos++] & 255 : -1;
  }

  @Override
  public int read(byte[] target, int offset, int count) {
    bitOffset = 0;
    int available = (int) Math.min(count, length - streamPos);
    if (available <= 0) {
      return count == 0 ? 0 : -1;
    }
    System.arraycopy(bytes, (int) streamPos, target, offset, available);
    streamPos += available;
    return available;
  }
}
