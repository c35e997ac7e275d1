package io.netgear.tunnel.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import io.netgear.Address;
import io.netgear.TransportException;
import io.netgear.spi.Tunnel;
import io.netgear.spi.TunnelSpec;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A local port whose connections go through a session at the SSH server.
 *
 * <p>The port outlives sessions: it is never free for anybody else to take, and what connects while
 * there is no session waits for the next for a while. One thread accepts, one keeps the session,
 * and one carries each connection; all end with {@link #close}.
 */
final class SshTunnel implements Tunnel {
  private static final System.Logger LOG = System.getLogger("io.netgear.tunnel.ssh");

  /** One, mostly; two while a transport connects anew. The port is open to this whole machine. */
  private static final int MOST_FLOWS = 16;

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** Below the time that the transports give a handshake. */
  private static final long HOLD_NS = TimeUnit.SECONDS.toNanos(4);

  private static final long TARGET_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long PASS_ON_NS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long JOIN_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private final TunnelSpec spec;
  private final SessionKeeper keeper;
  private final ServerSocket listener;
  private final Set<Flow> flows = new HashSet<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean toldOfTarget = new AtomicBoolean();

  /** What is done with a way to the target once it is open. */
  interface Use {
    void of(ChannelDirectTCPIP way, Arriving arriving) throws IOException, InterruptedException;
  }

  private SshTunnel(TunnelSpec spec, SessionKeeper keeper, ServerSocket listener) {
    this.spec = spec;
    this.keeper = keeper;
    this.listener = listener;
  }

  /**
   * Logs in and opens the port.
   *
   * @throws LoginException if nobody is let in
   */
  static Tunnel open(TunnelSpec spec, Consumer<TransportException> failed) {
    JSch jsch = new JSch();
    Credentials credentials = Credentials.of(spec, jsch);
    trust(spec, jsch);
    SessionKeeper keeper = new SessionKeeper(spec, jsch, credentials, failed);
    keeper.login();
    try {
      SshTunnel tunnel =
          new SshTunnel(
              spec, keeper, new ServerSocket(0, MOST_FLOWS, InetAddress.getByAddress(LOOPBACK)));
      tunnel.start("session", keeper::keep);
      tunnel.start("accept", tunnel::accept);
      return tunnel;
    } catch (IOException e) {
      keeper.close();
      throw new TransportException(
          "No local port for the tunnel through " + spec.server() + ": " + e.getMessage() + ".", e);
    }
  }

  private static void trust(TunnelSpec spec, JSch jsch) {
    try {
      jsch.setKnownHosts(spec.knownHosts().toString());
    } catch (JSchException e) {
      throw new LoginException(
          true,
          "Known hosts file "
              + spec.knownHosts()
              + " cannot be read ("
              + e.getMessage()
              + "): no SSH server can be trusted without it.",
          e);
    }
  }

  private synchronized void start(String role, Runnable work) {
    Thread thread = new Thread(work, "netgear-ssh-" + spec.name() + "-" + role);
    thread.setDaemon(true);
    threads.removeIf(ended -> !ended.isAlive());
    threads.add(thread);
    thread.start();
  }

  private void accept() {
    while (!closed.get()) {
      try {
        Flow flow = new Flow(this, listener.accept());
        if (!carry(flow)) {
          flow.cut();
        }
      } catch (IOException e) {
        if (!closed.get()) {
          keeper.fail(
              new TransportException(
                  "The local port of the tunnel through " + spec.server() + " failed: " + e, e));
          return;
        }
      }
    }
  }

  private synchronized boolean carry(Flow flow) {
    if (closed.get() || keeper.isClosed() || flows.size() >= MOST_FLOWS) {
      return false;
    }
    flows.add(flow);
    start("flow", flow);
    return true;
  }

  /** A flow has ended. */
  synchronized void gone(Flow flow) {
    flows.remove(flow);
    notifyAll();
  }

  /**
   * Opens a way for {@code local} and uses it. Tries for as long as a transport waits for a
   * handshake, while there is no session, or the target does not listen yet.
   */
  void through(Socket local, Use use) throws IOException, InterruptedException {
    long untilNs = System.nanoTime() + HOLD_NS;
    SshSession session = keeper.await(untilNs);
    while (session != null) {
      Arriving arriving = new Arriving(local, session.wire());
      ChannelDirectTCPIP way = null;
      try {
        way = session.open(spec, arriving);
      } catch (NoWayException e) {
        noWay(e);
      }
      if (way != null) {
        toldOfTarget.set(false);
        try {
          use.of(way, arriving);
        } finally {
          way.disconnect();
        }
        return;
      }
      keeper.pause(TARGET_PAUSE_NS);
      session = keeper.await(untilNs);
    }
  }

  private void noWay(NoWayException why) {
    if (why.isForbidden()) {
      keeper.fail(
          new TransportException(
              "SSH server "
                  + spec.server()
                  + " does not let user '"
                  + spec.user()
                  + "' through to "
                  + spec.target()
                  + ": its settings forbid it (AllowTcpForwarding, PermitOpen, DisableForwarding, or options in authorized_keys).",
              why));
    } else if (!why.isSessionOver() && toldOfTarget.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "SSH server {0} does not reach {1} yet; trying on. Is the receiver running, and at that address as seen from there?",
          spec.server(),
          spec.target());
    }
  }

  @Override
  public Address local() {
    return new Address("tcp", "127.0.0.1", listener.getLocalPort());
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    boolean interrupted = false;
    try {
      listener.close();
      awaitFlows();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A local port did not close well.", e);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    keeper.close();
    List<Thread> ending;
    synchronized (this) {
      flows.forEach(Flow::cut);
      ending = List.copyOf(threads);
    }
    interrupted |= join(ending);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitFlows() throws InterruptedException {
    long untilNs = System.nanoTime() + PASS_ON_NS;
    long left = PASS_ON_NS;
    while (!flows.isEmpty() && left > 0 && !keeper.isClosed()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = untilNs - System.nanoTime();
    }
  }

  private static boolean join(List<Thread> ending) {
    long untilNs = System.nanoTime() + JOIN_NS;
    try {
      for (Thread thread : ending) {
        if (thread != Thread.currentThread()) {
          TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, untilNs - System.nanoTime()));
        }
      }
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
