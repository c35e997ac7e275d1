package io.netgear.transport.netty;

import io.netgear.Address;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A peer that speaks ZMTP byte by byte, and so can speak it wrongly. */
final class RawPeer implements AutoCloseable {
  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;

  /** One frame. */
  static final class Part {
    private final int flags;
    private final byte[] body;

    private Part(int flags, byte[] body) {
      this.flags = flags;
      this.body = body;
    }

    int flags() {
      return flags;
    }

    byte[] body() {
      return body;
    }

    String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  RawPeer(Address address) throws IOException {
    this(new Socket(address.host(), address.port()));
  }

  RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(20_000);
    // In pieces, a frame's second one may fail when the other end hangs up on the first.
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    in = new DataInputStream(socket.getInputStream());
  }

  /** Greets as ZMTP 3.1 and shakes hands as a socket of {@code type}; waits for the other end. */
  RawPeer meet(String type) throws IOException {
    return meet(1, type);
  }

  /** As ZMTP 3.{@code minor}. */
  RawPeer meet(int minor, String type) throws IOException {
    greeting(3, minor, "NULL").ready(type);
    in.skipNBytes(64);
    Part ready = read();
    if (!ready.text().startsWith("\5READY")) {
      throw new IOException("The other end began with '" + ready.text() + "'.");
    }
    return this;
  }

  RawPeer greeting(int major, int minor, String mechanism) throws IOException {
    byte[] greeting = new byte[64];
    greeting[0] = (byte) 0xFF;
    greeting[9] = 0x7F;
    greeting[10] = (byte) major;
    greeting[11] = (byte) minor;
    byte[] name = mechanism.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, greeting, 12, name.length);
    return bytes(greeting);
  }

  RawPeer ready(String type) throws IOException {
    String property = "\13Socket-Type\0\0\0" + (char) type.length() + type;
    return command("\5READY" + property);
  }

  RawPeer command(String body) throws IOException {
    return frame(4, body);
  }

  RawPeer frame(int flags, String body) throws IOException {
    return frame(flags, body.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A frame with the flags given: 1 more, 4 command. */
  RawPeer frame(int flags, byte[] body) throws IOException {
    if (body.length > 255) {
      length(flags, body.length);
    } else {
      out.write(new byte[] {(byte) flags, (byte) body.length});
    }
    return bytes(body);
  }

  /** Claims a frame of {@code length} bytes, and sends none of them. */
  RawPeer length(int flags, long length) throws IOException {
    out.writeByte(flags | 2);
    out.writeLong(length);
    out.flush();
    return this;
  }

  RawPeer bytes(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** The other end's greeting. */
  byte[] readGreeting() throws IOException {
    return in.readNBytes(64);
  }

  /** The next frame as it is on the wire. */
  byte[] readFrame() throws IOException {
    return Tap.readFrame(in);
  }

  /** All that comes until the other end hangs up. */
  byte[] readToEnd() throws IOException {
    return in.readAllBytes();
  }

  /** The next frame. */
  Part read() throws IOException {
    int flags = in.readUnsignedByte();
    long length = (flags & 2) != 0 ? in.readLong() : in.readUnsignedByte();
    byte[] body = new byte[(int) length];
    in.readFully(body);
    return new Part(flags & ~2, body);
  }

  /** Reads until a frame of so many bytes begins, and leaves those unread. */
  void awaitFrame(long bytes) throws IOException {
    long length = -1;
    while (length != bytes) {
      in.skipNBytes(Math.max(0, length));
      length = (in.readUnsignedByte() & 2) != 0 ? in.readLong() : in.readUnsignedByte();
    }
  }

  /** Whether nothing comes for so long, not even the end. */
  boolean isSilentFor(int millis) throws IOException {
    int usual = socket.getSoTimeout();
    socket.setSoTimeout(millis);
    try {
      int unused = in.read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(usual);
    }
  }

  /** Reads so many bytes, whatever they are. */
  void await(int bytes) throws IOException {
    in.skipNBytes(bytes);
  }

  /** How many bytes of this value come until the other end hangs up. */
  long count(byte value) throws IOException {
    long count = 0;
    byte[] some = new byte[1 << 16];
    try {
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        for (int i = 0; i < read; i++) {
          count += some[i] == value ? 1 : 0;
        }
      }
    } catch (SocketException e) {
      // hung up with a reset
      return count;
    }
    return count;
  }

  /** Waits until the other end hangs up, whatever it says before. */
  void awaitHangUp() throws IOException {
    try {
      byte[] whatever = new byte[1024];
      while (in.read(whatever) >= 0) {
        // was on its way
      }
    } catch (EOFException | SocketException e) {
      // hung up with a reset, which is as good
      return;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
