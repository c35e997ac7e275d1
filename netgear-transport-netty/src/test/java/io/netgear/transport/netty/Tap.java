package io.netgear.transport.netty;

import io.netgear.transport.netty.Conversation.Unit;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Connects two ends that are bound with each other, and writes down what is said over it. What is
 * written down was not heard before: each end has heard all that comes before what it says.
 */
final class Tap implements AutoCloseable {
  /** Changes nothing. */
  static final int ANY_MINOR = -1;

  private static final int MINOR_AT = 11;

  private final int minor;
  private final Socket first;
  private final Socket second;
  private final List<Unit> units = new ArrayList<>();

  /**
   * @param first port of the end whose words are told by {@code >}
   * @param second port of the one whose words are told by {@code <}
   * @param minor of the version 3.x that each end is told that the other one has
   */
  Tap(int first, int second, int minor) throws IOException {
    this.minor = minor;
    this.first = new Socket(InetAddress.getLoopbackAddress(), first);
    this.second = new Socket(InetAddress.getLoopbackAddress(), second);
    start(() -> pass('>', this.first, this.second));
    start(() -> pass('<', this.second, this.first));
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (EOFException | SocketException e) {
                System.getLogger(Tap.class.getName()).log(System.Logger.Level.DEBUG, "hung up", e);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            },
            "tap");
    thread.setDaemon(true);
    thread.start();
  }

  private void pass(char by, Socket from, Socket to) throws IOException {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      byte[] greeting = new byte[Greeting.BYTES];
      for (int i = 0; i < greeting.length; i++) {
        // each end waits for the beginning of the other's before it goes on with its own
        greeting[i] = in.readByte();
        if (i == MINOR_AT && minor != ANY_MINOR) {
          greeting[i] = (byte) minor;
        }
        if (i == greeting.length - 1) {
          writeDown(by, greeting);
        }
        out.write(greeting[i]);
      }
      while (true) {
        byte[] frame = readFrame(in);
        writeDown(by, frame);
        out.write(frame);
      }
    }
  }

  static byte[] readFrame(DataInputStream in) throws IOException {
    byte flags = in.readByte();
    boolean isLong = (flags & Frame.LONG) != 0;
    int length = isLong ? Math.toIntExact(in.readLong()) : in.readUnsignedByte();
    ByteBuffer frame = ByteBuffer.allocate((isLong ? Frame.MOST_HEADER : 2) + length).put(flags);
    if (isLong) {
      frame.putLong(length);
    } else {
      frame.put((byte) length);
    }
    in.readFully(frame.array(), frame.position(), length);
    return frame.array();
  }

  private synchronized void writeDown(char by, byte[] bytes) {
    units.add(new Unit(by, bytes));
    notifyAll();
  }

  /** What a publisher says that has nobody to say it to. */
  void unsaid(byte[] message) {
    writeDown('!', message);
  }

  synchronized List<Unit> units() {
    return List.copyOf(units);
  }

  @Override
  public void close() throws IOException {
    first.close();
    second.close();
  }
}
