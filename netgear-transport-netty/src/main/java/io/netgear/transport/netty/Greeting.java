package io.netgear.transport.netty;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The 64 bytes with which both ends begin (RFC 37): signature, version, mechanism. Judged as they
 * come, so that something else than ZMTP is known by its first byte.
 */
final class Greeting {
  static final int BYTES = 64;

  private static final int TLS_HANDSHAKE = 0x16;
  private static final int VERSION_AT = 10;
  private static final int MECHANISM_AT = 12;
  private static final int MECHANISM_BYTES = 20;
  private static final int MAJOR = 3;
  private static final int MINOR = 1;
  private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);

  private final byte[] received = new byte[BYTES];
  private int count;

  /** What this end says. */
  static byte[] own() {
    byte[] greeting = new byte[BYTES];
    greeting[0] = (byte) 0xFF;
    greeting[9] = 0x7F;
    greeting[VERSION_AT] = MAJOR;
    greeting[VERSION_AT + 1] = MINOR;
    System.arraycopy(NULL, 0, greeting, MECHANISM_AT, NULL.length);
    return greeting;
  }

  /** Takes what there is of it; answers whether it is complete. */
  boolean read(ByteBuf in) throws Breach {
    int taken = Math.min(in.readableBytes(), BYTES - count);
    in.readBytes(received, count, taken);
    count += taken;
    judge();
    return count == BYTES;
  }

  private void judge() throws Breach {
    if (count > 0 && received[0] == TLS_HANDSHAKE) {
      throw new Breach("it does not speak ZMTP but TLS: name tls:// at both ends, or at none");
    }
    if (count > 0 && received[0] != (byte) 0xFF) {
      throw new Breach("it does not speak ZMTP: it began with byte " + (received[0] & 0xFF));
    }
    if (count > 9 && (received[9] & 1) == 0) {
      throw new Breach("it speaks ZMTP 1, which has no limits; expected ZMTP 3");
    }
    if (count > VERSION_AT && (received[VERSION_AT] & 0xFF) < MAJOR) {
      throw new Breach("it speaks ZMTP 2; expected ZMTP 3");
    }
    if (count >= MECHANISM_AT + MECHANISM_BYTES && !mechanism().equals("NULL")) {
      throw new Breach(
          "it asks for the security mechanism '"
              + mechanism()
              + "', and this end has none (NULL): use the same secure_mode on both ends");
    }
  }

  private String mechanism() {
    return Words.of(received, MECHANISM_AT, MECHANISM_BYTES);
  }

  /** Whether the peer knows heartbeats and the commands for subscriptions. */
  boolean knowsCommands() {
    return received[VERSION_AT] > MAJOR || received[VERSION_AT + 1] >= MINOR;
  }
}
