package io.netgear.tunnel.ssh;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What comes back from the target, on its way to the local end. Written by the session's thread.
 *
 * <p>Jsch closes it also when a way could not be opened; the local end is to stay for the next
 * attempt then, so a close counts only from {@link #opened} on.
 */
final class Arriving extends FilterOutputStream {
  private final Socket local;
  private final Wire wire;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean opened;

  Arriving(Socket local, Wire wire) throws IOException {
    super(local.getOutputStream());
    this.local = local;
    this.wire = wire;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    wire.delivering(true);
    try {
      out.write(bytes, offset, length);
    } finally {
      wire.delivering(false);
    }
  }

  /** The way is open. */
  synchronized void opened() throws IOException {
    opened = true;
    tellEnd();
  }

  /** The target sends no more: the local end is told, and will close. */
  @Override
  public synchronized void close() throws IOException {
    ended.countDown();
    tellEnd();
  }

  private void tellEnd() throws IOException {
    if (opened && ended.getCount() == 0 && !local.isClosed() && !local.isOutputShutdown()) {
      local.shutdownOutput();
    }
  }

  /** Waits for the target to send no more; answers whether it does not. */
  boolean awaitEnd(long millis) throws InterruptedException {
    return ended.await(millis, TimeUnit.MILLISECONDS);
  }
}
