package io.netgear.bench;

import io.netgear.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;

/**
 * The same bytes over a TCP connection with blocking calls: one thread writes them from direct
 * memory, another reads them into direct memory, and nothing else is done. Where each frame is
 * answered, the reader writes a byte when it has it all, and the writer waits for that.
 */
final class CopyLoop implements RawThroughput.Side {
  private final ByteBuffer pixels;
  private final SocketChannel out;
  private final SocketChannel in;
  private final Semaphore read = new Semaphore(0);
  private final ByteBuffer answer = ByteBuffer.allocateDirect(1);
  private final boolean answered;

  CopyLoop(Frame frame, boolean answered) throws IOException {
    this.answered = answered;
    pixels = frame.pixels().duplicate().clear();
    try (ServerSocketChannel server =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      out = SocketChannel.open(server.getLocalAddress());
      in = server.accept();
    }
    Thread reader = new Thread(this::read, "reader");
    reader.setDaemon(true);
    reader.start();
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
