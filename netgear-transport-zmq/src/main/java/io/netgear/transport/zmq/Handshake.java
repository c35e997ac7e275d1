package io.netgear.transport.zmq;

import java.nio.ByteBuffer;

/**
 * Whether a connection's handshake is complete, told from the bytes that pass in one direction.
 * JeroMQ limits the time for a peer's greeting only.
 *
 * <p>The command READY ends a handshake of ZMTP 3: without security each end sends it, so that the
 * peer's counts; under CURVE the server does when it has let its client in. See RFC 37 and 26 of
 * ZeroMQ (rfc.zeromq.org).
 */
final class Handshake {
  private static final int GREETING_BYTES = 64;
  private static final int LONG = 2;
  private static final int COMMAND = 4;
  private static final byte[] READY = {5, 'R', 'E', 'A', 'D', 'Y'};

  /** Of the greeting, or of a frame's body: what is still to come. */
  private long left = GREETING_BYTES;

  private int lengthBytesLeft;
  private int matching = -1;
  private boolean inHeader;
  private volatile boolean complete;

  /** Whether READY has passed. Any thread. */
  boolean complete() {
    return complete;
  }

  /** The bytes of {@code passed} from index {@code from} to {@code to} have passed. One thread. */
  void passed(ByteBuffer passed, int from, int to) {
    int at = from;
    while (at < to && !complete) {
      at = inHeader ? header(passed.get(at), at) : body(passed, at, to);
    }
  }

  private int header(byte next, int at) {
    if (lengthBytesLeft == 0) {
      lengthBytesLeft = (next & LONG) != 0 ? Long.BYTES : 1;
      matching = (next & COMMAND) != 0 ? 0 : -1;
      left = 0;
    } else {
      left = left << Byte.SIZE | (next & 0xFF);
      lengthBytesLeft--;
      if (lengthBytesLeft == 0) {
        inHeader = false;
        endIfEmpty();
      }
    }
    return at + 1;
  }

  private int body(ByteBuffer passed, int from, int to) {
    int most = (int) Math.min(to, from + Math.max(0, left));
    for (int at = from; at < most && matching >= 0 && matching < READY.length; at++) {
      matching = passed.get(at) == READY[matching] ? matching + 1 : -1;
    }
    left -= most - from;
    endIfEmpty();
    return most;
  }

  private void endIfEmpty() {
    if (left <= 0) {
      complete = matching == READY.length;
      inHeader = true;
      matching = -1;
    }
  }
}
