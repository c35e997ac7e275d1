package io.netgear.transport.zmq;

import io.netgear.Address;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A peer that speaks ZMTP byte by byte, and so can speak it wrongly. */
final class RawPeer implements AutoCloseable {
  private final Socket socket;
  private final OutputStream out;

  RawPeer(Address address) throws IOException {
    socket = new Socket(address.host(), address.port());
    out = socket.getOutputStream();
  }

  /**
   * Greets and shakes hands as a socket of {@code type}, with ZMTP 3, and waits for the other end
   * to do so.
   */
  RawPeer greet(String type) throws IOException {
    greeting(3);
    ByteArrayOutputStream ready = new ByteArrayOutputStream();
    ready.write(5);
    ready.writeBytes("READY".getBytes(StandardCharsets.US_ASCII));
    ready.write(11);
    ready.writeBytes("Socket-Type".getBytes(StandardCharsets.US_ASCII));
    ready.writeBytes(ByteBuffer.allocate(4).putInt(type.length()).array());
    ready.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
    frame(4, ready.toByteArray());
    skip(64);
    int flags = socket.getInputStream().read();
    int length = socket.getInputStream().read();
    if (flags != 4) {
      throw new IOException("The other end began with flags " + flags + " instead of a command.");
    }
    skip(length);
    return this;
  }

  /** Waits until the other end hangs up, during the handshake or after it. */
  void greetAndBeHungUpOn(String type) throws IOException {
    try {
      greet(type);
      int read = 0;
      while (read >= 0) {
        read = socket.getInputStream().read();
      }
    } catch (EOFException | SocketException e) {
      // hung up, with or without a reset
      return;
    }
  }

  /** Waits until the other end hangs up, with or without a reset. */
  void awaitHangUp() throws IOException {
    count(); // heartbeats may come before
  }

  /** Waits until so many bytes have come, and reads them. */
  void await(int bytes) throws IOException {
    skip(bytes);
  }

  /** Reads until a frame of so many bytes begins, and leaves those unread. */
  void awaitFrame(long bytes) throws IOException {
    DataInputStream in = new DataInputStream(in());
    long length = -1;
    while (length != bytes) {
      in.skipNBytes(Math.max(0, length));
      length = (in.readUnsignedByte() & 2) != 0 ? in.readLong() : in.readUnsignedByte();
    }
  }

  /** How many bytes of each of these values come until the other end hangs up. */
  long[] count(byte... values) throws IOException {
    long[] counts = new long[values.length];
    byte[] some = new byte[1 << 16];
    try {
      for (int read = in().read(some); read >= 0; read = in().read(some)) {
        for (int i = 0; i < read; i++) {
          for (int of = 0; of < values.length; of++) {
            counts[of] += some[i] == values[of] ? 1 : 0;
          }
        }
      }
    } catch (SocketException e) {
      // hung up with a reset
      return counts;
    }
    return counts;
  }

  private InputStream in() throws IOException {
    return socket.getInputStream();
  }

  private void skip(int bytes) throws IOException {
    socket.getInputStream().skipNBytes(bytes);
  }

  RawPeer greeting(int version) throws IOException {
    return greeting(version, "NULL");
  }

  RawPeer greeting(int version, String mechanism) throws IOException {
    return bytes(greetingBytes(version, mechanism));
  }

  static byte[] greetingBytes(int version, String mechanism) {
    ByteBuffer greeting = ByteBuffer.allocate(64);
    greeting.put((byte) 0xFF).position(9).put((byte) 0x7F).put((byte) version);
    greeting.position(12).put(mechanism.getBytes(StandardCharsets.US_ASCII));
    return greeting.array();
  }

  /** A short frame with the flags given: 1 more, 4 command. */
  RawPeer frame(int flags, byte[] body) throws IOException {
    return bytes(frameBytes(flags, body));
  }

  static byte[] frameBytes(int flags, byte[] body) {
    ByteBuffer frame = ByteBuffer.allocate(9 + body.length);
    if (body.length > 255) {
      frame.put((byte) (flags | 2)).putLong(body.length);
    } else {
      frame.put((byte) flags).put((byte) body.length);
    }
    return Arrays.copyOf(frame.put(body).array(), frame.position());
  }

  /** Claims a frame of {@code length} bytes, and sends none of them. */
  RawPeer length(int flags, long length) throws IOException {
    return bytes(ByteBuffer.allocate(9).put((byte) (flags | 2)).putLong(length).array());
  }

  /**
   * Sends all of it in one piece: what is sent in several may fail when the other end hangs up
   * after the first.
   */
  RawPeer bytes(byte[]... pieces) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    out.write(all.toByteArray());
    out.flush();
    return this;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
