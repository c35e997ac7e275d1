package io.netgear.transport.zmq;

import java.nio.ByteBuffer;
import java.util.Arrays;
import zmq.Msg;

/** The parts that stand before a message's own, in memory that is used again. */
final class EnvelopeParts {
  private byte[] bytes = new byte[64];
  private ByteBuffer reading = ByteBuffer.wrap(bytes);
  private int[] ends = new int[4];
  private int count;

  void clear() {
    count = 0;
  }

  /** How many parts there are. */
  int count() {
    return count;
  }

  /** One part more, empty as yet. */
  void begin() {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count] = start(count);
    count++;
  }

  /** One byte more for the last part. */
  void put(int value) {
    int end = ends[count - 1];
    if (end == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * end);
      reading = ByteBuffer.wrap(bytes);
    }
    bytes[end] = (byte) value;
    ends[count - 1] = end + 1;
  }

  /** A copy of {@code part}. */
  void add(Msg part) {
    begin();
    for (int i = 0; i < part.size(); i++) {
      put(part.get(i));
    }
  }

  /** The bytes of part {@code index}, between position and limit, until the next call. */
  ByteBuffer part(int index) {
    return reading.limit(ends[index]).position(start(index));
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }
}
