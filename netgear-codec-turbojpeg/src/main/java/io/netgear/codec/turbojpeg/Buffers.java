package io.netgear.codec.turbojpeg;

import java.nio.ByteBuffer;

/** Checks of callers' buffers before their addresses go to native code. */
final class Buffers {
  private Buffers() {}

  /**
   * Where the buffer's position lies in memory. The buffer must stay reachable while the address is
   * in use.
   */
  static long addressAtPosition(ByteBuffer buffer) {
    return NativeJpeg.addressOf(buffer) + buffer.position();
  }

  static void requireDirect(String what, ByteBuffer buffer) {
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " is on the Java heap; the turbojpeg codec needs a direct one: use ByteBuffer.allocateDirect.");
    }
  }

  static void requireWritable(String what, ByteBuffer buffer) {
    requireDirect(what, buffer);
    if (buffer.isReadOnly()) {
      throw new IllegalArgumentException("The " + what + " is read-only, it cannot be written.");
    }
  }

  static void requireCapacity(String what, ByteBuffer buffer, int bytes) {
    if (buffer.capacity() < bytes) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " holds "
              + buffer.capacity()
              + " bytes, the frame's format needs "
              + bytes
              + ".");
    }
  }
}
