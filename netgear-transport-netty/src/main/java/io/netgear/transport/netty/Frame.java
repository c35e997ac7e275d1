package io.netgear.transport.netty;

import io.netty.buffer.ByteBuf;

/** How a frame of ZMTP 3 begins: flags, then a length of one byte or of eight. */
final class Frame {
  static final int MORE = 1;
  static final int LONG = 2;
  static final int COMMAND = 4;
  static final int KNOWN_FLAGS = MORE | LONG | COMMAND;
  static final int MOST_HEADER = 9;

  private static final int MOST_SHORT = 255;

  private Frame() {}

  /** Writes the header of a frame of {@code length} bytes. */
  static void header(ByteBuf to, int flags, int length) {
    if (length > MOST_SHORT) {
      to.writeByte(flags | LONG).writeLong(length);
    } else {
      to.writeByte(flags).writeByte(length);
    }
  }

  static int headerBytes(int length) {
    return length > MOST_SHORT ? MOST_HEADER : 2;
  }
}
