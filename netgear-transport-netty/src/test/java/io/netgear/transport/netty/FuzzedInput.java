package io.netgear.transport.netty;

import java.util.Arrays;

/**
 * A fuzzer's bytes: {@value #HEAD} that say how the others are used, then what a peer says. The
 * first byte chooses the role; the second is flags; the other four say in turn how many bytes come
 * at a time, 0 for all that is left.
 */
final class FuzzedInput {
  static final int HEAD = 6;

  /** This end connects to its peer, and was not connected to. */
  static final int DIALS = 1;

  /** The system hands over what it has although it is told not to. */
  static final int READS_ON = 2;

  /** The peer reads nothing. */
  static final int STUCK = 4;

  /** The application takes nothing before the end. */
  static final int IDLE = 8;

  /** Between two pieces, as long passes as between two signs of life. */
  static final int SLOW = 16;

  /** Browsers are served too. */
  static final int WEB = 32;

  /** The peer hangs up at the end. */
  static final int HANGS_UP = 64;

  /** No token is asked for. */
  static final int OPEN = 128;

  private static final int SIZES_AT = 2;
  private static final int MOST_SINGLE = 128;
  private static final int STEP = 64;

  private final byte[] head;
  private final byte[] said;
  private int pieces;

  FuzzedInput(byte[] data) {
    this.head = Arrays.copyOf(data, HEAD);
    this.said = Arrays.copyOfRange(data, Math.min(data.length, HEAD), data.length);
  }

  int role(int roles) {
    return (head[0] & 0xFF) % roles;
  }

  boolean has(int flag) {
    return (head[1] & flag) != 0;
  }

  /** What the peer says. */
  byte[] said() {
    return said;
  }

  /** Where the piece ends that begins there. */
  int endOfPiece(int from) {
    int size = head[SIZES_AT + pieces++ % (HEAD - SIZES_AT)] & 0xFF;
    int bytes = size <= MOST_SINGLE ? size : (size - MOST_SINGLE) * STEP;
    return size == 0 ? said.length : Math.min(said.length, from + bytes);
  }
}
