package io.netgear.transport.netty;

import java.nio.ByteBuffer;

/** The frames that REQ puts before a message. */
final class Envelopes {
  private Envelopes() {}

  /** The request's number and an empty frame, as libzmq's REQ with REQ_CORRELATE has them. */
  static byte[] ofRequest(int number) {
    return ByteBuffer.allocate(8)
        .put((byte) Frame.MORE)
        .put((byte) Integer.BYTES)
        .putInt(number)
        .put((byte) Frame.MORE)
        .put((byte) 0)
        .array();
  }
}
