package io.netgear.tunnel.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.Socket;

/**
 * One connection through the tunnel. Its thread carries what the local end sends; what comes back
 * is written by the session's thread.
 */
final class Flow implements Runnable {
  private static final System.Logger LOG = System.getLogger("io.netgear.tunnel.ssh");
  private static final int CHUNK_BYTES = 32 * 1024;

  /** How long the other end may take to close after this one has. */
  private static final long FAREWELL_MS = 250;

  private final SshTunnel tunnel;
  private final Socket local;

  Flow(SshTunnel tunnel, Socket local) {
    this.tunnel = tunnel;
    this.local = local;
  }

  @Override
  public void run() {
    try (local) {
      local.setTcpNoDelay(true);
      tunnel.through(local, this::carry);
    } catch (IOException e) { // either end went away: that is how connections end
      LOG.log(Level.DEBUG, "A connection through the tunnel ended.", e);
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "A connection through the tunnel was interrupted.", e);
    } finally {
      tunnel.gone(this);
    }
  }

  private void carry(ChannelDirectTCPIP way, Arriving arriving)
      throws IOException, InterruptedException {
    try (OutputStream out = way.getOutputStream()) {
      InputStream in = local.getInputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        out.write(chunk, 0, count);
        out.flush();
      }
    }
    if (!arriving.awaitEnd(FAREWELL_MS)) {
      LOG.log(Level.DEBUG, "The far end of a connection did not close in time.");
    }
  }

  /** Ends it at once. */
  void cut() {
    try {
      local.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A connection into the tunnel did not close well.", e);
    }
  }
}
