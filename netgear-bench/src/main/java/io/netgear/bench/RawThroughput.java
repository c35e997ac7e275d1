package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How close do raw frames come to what the machine can copy? Raw 1080p frames flat out through each
 * pattern, in turns with a plain blocking loop that writes the same bytes to a TCP socket on one
 * thread and reads them on another; as long as frames are sent, that loop is all that a transport
 * could do at most.
 *
 * <p>{@code raw [ROUNDS]}, 8 by default, of {@link #FRAMES} frames each.
 */
public final class RawThroughput {
  static final int FRAMES = 150;

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final PictureSize SIZE = new PictureSize(1920, 1080);
  private static final List<String> PATTERNS = List.of("request-reply", "pair", "push-pull");

  private final Frame frame = Footage.frames(SIZE, PixelFormat.BGR).get(0);

  private RawThroughput() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new RawThroughput().run(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8);
  }

  private void run(int rounds) throws IOException, InterruptedException {
    System.out.printf(
        "raw %s BGR, %d bytes a frame, frames/s, %d rounds of %d%n%-15s %10s %10s %8s%n",
        SIZE, frame.format().byteSize(), rounds, FRAMES, "", "netgear", "copy loop", "ratio");
    for (String pattern : PATTERNS) {
      double[] ours = new double[rounds];
      double[] loop = new double[rounds];
      double[] ratios = new double[rounds];
      framesPerSecond(pattern);
      copiesPerSecond();
      for (int i = 0; i < rounds; i++) {
        ours[i] = framesPerSecond(pattern);
        loop[i] = copiesPerSecond();
        ratios[i] = ours[i] / loop[i];
      }
      System.out.printf(
          "%-15s %10.1f %10.1f %8.2f%n", pattern, median(ours), median(loop), median(ratios));
    }
  }

  private double framesPerSecond(String pattern) throws InterruptedException {
    try (FrameReceiver receiver = NetGear.receiver("tcp://127.0.0.1:0").pattern(pattern).open();
        FrameSender sender =
            NetGear.sender(receiver.addresses().get(0).toString())
                .pattern(pattern)
                .uncompressed()
                .open()) {
      Thread consumer = new Thread(() -> consume(receiver), "consumer");
      consumer.start();
      sender.send(frame);
      long start = System.nanoTime();
      for (int i = 1; i < FRAMES; i++) {
        if (!sender.send(frame).delivered()) {
          throw new IllegalStateException("Frame " + i + " was not delivered.");
        }
      }
      consumer.join();
      return (FRAMES - 1) * 1e9 / (System.nanoTime() - start);
    }
  }

  private static void consume(FrameReceiver receiver) {
    for (int i = 0; i < FRAMES; i++) {
      try (ReceivedFrame received = receiver.recv(LIMIT).orElseThrow()) {
        if (received.frame().format().byteSize() == 0) {
          throw new IllegalStateException("An empty frame arrived.");
        }
      }
    }
  }

  private double copiesPerSecond() throws IOException, InterruptedException {
    int bytes = frame.format().byteSize();
    try (ServerSocketChannel server =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      Thread reader = new Thread(() -> read(server, bytes), "reader");
      reader.start();
      try (SocketChannel out = SocketChannel.open(server.getLocalAddress())) {
        ByteBuffer pixels = frame.pixels().duplicate();
        write(out, pixels, bytes);
        long start = System.nanoTime();
        for (int i = 1; i < FRAMES; i++) {
          write(out, pixels, bytes);
        }
        reader.join();
        return (FRAMES - 1) * 1e9 / (System.nanoTime() - start);
      }
    }
  }

  private static void write(SocketChannel out, ByteBuffer pixels, int bytes) throws IOException {
    pixels.position(0).limit(bytes);
    while (pixels.hasRemaining()) {
      out.write(pixels);
    }
  }

  private static void read(ServerSocketChannel server, int bytes) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
    try (SocketChannel in = server.accept()) {
      for (int i = 0; i < FRAMES; i++) {
        buffer.clear();
        while (buffer.hasRemaining()) {
          if (in.read(buffer) < 0) {
            throw new EOFException("The copy loop ended early.");
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
