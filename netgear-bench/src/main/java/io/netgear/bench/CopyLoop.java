package io.netgear.bench;

import io.netgear.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/**
 * The same bytes over a TCP connection or a Unix domain socket with blocking calls: one thread
 * writes them from direct memory, another reads them into direct memory, and nothing else is done.
 * Where each frame is answered, the reader writes a byte when it has it all, and the writer waits
 * for that.
 */
final class CopyLoop implements Turns.Side {
  private final ByteBuffer pixels;
  private final SocketChannel out;
  private final SocketChannel in;
  private final Semaphore read = new Semaphore(0);
  private final ByteBuffer answer = ByteBuffer.allocateDirect(1);
  private final boolean answered;

  private CopyLoop(Frame frame, boolean answered, ProtocolFamily family, SocketAddress at)
      throws IOException {
    this.answered = answered;
    pixels = frame.pixels().duplicate().clear();
    try (ServerSocketChannel server = ServerSocketChannel.open(family).bind(at)) {
      out = SocketChannel.open(server.getLocalAddress());
      in = server.accept();
    }
    Thread reader = new Thread(this::read, "reader");
    reader.setDaemon(true);
    reader.start();
  }

  static CopyLoop overTcp(Frame frame, boolean answered) throws IOException {
    return new CopyLoop(
        frame,
        answered,
        StandardProtocolFamily.INET,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  static CopyLoop overUnixSocket(Frame frame, boolean answered) throws IOException {
    Path directory = Files.createTempDirectory("netgear-bench");
    Path file = directory.resolve("loop");
    try {
      return new CopyLoop(
          frame, answered, StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(file));
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  @Override
  public void move(int frames) throws IOException, InterruptedException {
    for (int i = 0; i < frames; i++) {
      pixels.clear();
      while (pixels.hasRemaining()) {
        out.write(pixels);
      }
      if (answered && out.read(answer.clear()) != 1) {
        throw new IOException("The reader ended.");
      }
    }
    read.acquire(frames);
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(pixels.capacity());
    try (in) {
      while (in.read(buffer) >= 0) {
        if (!buffer.hasRemaining()) {
          buffer.clear();
          if (answered) {
            in.write(ByteBuffer.allocate(1));
          }
          read.release();
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
