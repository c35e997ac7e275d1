package io.netgear.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A command of ZMTP 3.1 (RFC 37): one frame that begins with the length of a name and the name. */
final class Command {
  /** Nothing that this end understands is longer. */
  static final int MOST_BYTES = 4096;

  private static final int MOST_CONTEXT = 16;
  private static final int TTL_BYTES = 2;
  private static final String SOCKET_TYPE = "Socket-Type";
  private static final byte[] EMPTY = {};

  private final String name;
  private final byte[] data;

  private Command(String name, byte[] data) {
    this.name = name;
    this.data = data;
  }

  /** Such as {@code READY}. */
  String name() {
    return name;
  }

  /** What follows the name. */
  byte[] data() {
    return data;
  }

  /** Reads the body of a command's frame. */
  static Command of(byte[] body) throws Breach {
    int length = body.length == 0 ? 0 : body[0] & 0xFF;
    if (length == 0 || 1 + length > body.length) {
      throw new Breach("it sent a command without a name");
    }
    return new Command(
        Words.of(body, 1, length), Arrays.copyOfRange(body, 1 + length, body.length));
  }

  /** What this end is. REQ says an empty name for itself, as peers of old expect it. */
  static Command ready(SocketType type) {
    ByteBuffer data = ByteBuffer.allocate(64);
    property(data, SOCKET_TYPE, type.bytes());
    if (type == SocketType.REQ) {
      property(data, "Identity", EMPTY);
    }
    return new Command("READY", Arrays.copyOf(data.array(), data.position()));
  }

  private static void property(ByteBuffer data, String name, byte[] value) {
    data.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
    data.putInt(value.length).put(value);
  }

  /** Why the other end is turned away. */
  static Command error(String reason) {
    byte[] words = reason.getBytes(StandardCharsets.US_ASCII);
    int length = Math.min(words.length, 255);
    byte[] data = new byte[1 + length];
    data[0] = (byte) length;
    System.arraycopy(words, 0, data, 1, length);
    return new Command("ERROR", data);
  }

  /** Asks for a sign of life. Says nothing of how long this end waits for one. */
  static Command ping() {
    return new Command("PING", new byte[TTL_BYTES]);
  }

  /** The answer to this PING, which gives its context back. */
  Command pong() throws Breach {
    if (data.length < TTL_BYTES || data.length > TTL_BYTES + MOST_CONTEXT) {
      throw new Breach("it sent a PING of " + data.length + " bytes; expected 2 to 18");
    }
    return new Command("PONG", Arrays.copyOfRange(data, TTL_BYTES, data.length));
  }

  /** Asks for all messages. */
  static Command subscribeToAll() {
    return new Command("SUBSCRIBE", EMPTY);
  }

  /** The reason that an ERROR gives. */
  String reason() {
    return data.length == 0 ? "" : Words.of(data, 1, Math.min(data[0] & 0xFF, data.length - 1));
  }

  /** What a READY says that the peer is. All properties are read, and checked. */
  String socketType() throws Breach {
    ByteBuffer rest = ByteBuffer.wrap(data);
    String type = null;
    while (rest.hasRemaining()) {
      int nameLength = rest.get() & 0xFF;
      if (nameLength == 0 || rest.remaining() < nameLength + Integer.BYTES) {
        throw new Breach("its READY command is cut short");
      }
      String name = Words.of(data, rest.position(), nameLength);
      rest.position(rest.position() + nameLength);
      int valueLength = rest.getInt();
      if (valueLength < 0 || valueLength > rest.remaining()) {
        throw new Breach("its READY command is cut short");
      }
      if (name.equalsIgnoreCase(SOCKET_TYPE)) {
        type = Words.of(data, rest.position(), valueLength);
      }
      rest.position(rest.position() + valueLength);
    }
    if (type == null) {
      throw new Breach("its READY command names no socket type");
    }
    return type;
  }

  /** The whole frame, ready to be sent. */
  ByteBuf frame() {
    byte[] named = name.getBytes(StandardCharsets.US_ASCII);
    int length = 1 + named.length + data.length;
    ByteBuf frame = Unpooled.buffer(Frame.MOST_HEADER + length);
    Frame.header(frame, Frame.COMMAND, length);
    return frame.writeByte(named.length).writeBytes(named).writeBytes(data);
  }
}
