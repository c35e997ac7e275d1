package io.netgear.tunnel.ssh;

import com.jcraft.jsch.JSch;
import io.netgear.TransportException;
import io.netgear.spi.TunnelSpec;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Sees to it that there is a session at the SSH server: notices when one ends or goes silent, and
 * logs in again, with the keys and known hosts that were read when the tunnel opened.
 */
final class SessionKeeper {
  private static final System.Logger LOG = System.getLogger("io.netgear.tunnel.ssh");
  private static final long FIRST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LONGEST_PAUSE_NS = TimeUnit.SECONDS.toNanos(5);
  private static final int SILENCES = 3;

  private final TunnelSpec spec;
  private final JSch jsch;
  private final Credentials credentials;
  private final Consumer<TransportException> failed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private SshSession session;
  private Wire dialling;
  private boolean closed;

  SessionKeeper(
      TunnelSpec spec, JSch jsch, Credentials credentials, Consumer<TransportException> failed) {
    this.spec = spec;
    this.jsch = jsch;
    this.credentials = credentials;
    this.failed = failed;
  }

  /**
   * Logs in.
   *
   * @throws LoginException if that does not succeed
   */
  void login() {
    Wire wire = new Wire(this::wake);
    if (!dial(wire)) {
      return;
    }
    SshSession next = SshSession.login(jsch, spec, credentials, wire);
    lock.lock();
    try {
      dialling = null;
      session = closed ? null : next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (isClosed()) {
      next.close();
    }
  }

  private boolean dial(Wire wire) {
    lock.lock();
    try {
      dialling = wire;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps a session until closed, or until that is of no use: the work of a thread. */
  void keep() {
    try {
      for (SshSession ended = awaitEnd(); ended != null; ended = awaitEnd()) {
        LOG.log(
            Level.WARNING,
            "The session with SSH server {0} {1}; logging in again.",
            spec.server(),
            ended.alive() ? "went silent" : "ended");
        ended.close();
        logInAgain();
      }
    } catch (LoginException e) {
      fail(e);
    } catch (InterruptedException e) {
      fail(new TransportException("The tunnel through " + spec.server() + " was interrupted.", e));
    }
  }

  /** The session that ended of itself; null when the keeper is closed. */
  private SshSession awaitEnd() throws InterruptedException {
    long keepAliveNs = spec.keepAlive().toNanos();
    lock.lock();
    try {
      while (!closed && session.alive() && !session.wire().silentFor(SILENCES * keepAliveNs)) {
        changed.awaitNanos(keepAliveNs);
      }
      SshSession ended = closed ? null : session;
      session = closed ? session : null;
      return ended;
    } finally {
      lock.unlock();
    }
  }

  private void logInAgain() throws InterruptedException {
    long startNs = System.nanoTime();
    long pauseNs = FIRST_PAUSE_NS;
    for (int attempt = 1; !isClosed(); attempt++) {
      try {
        login();
        LOG.log(
            Level.INFO, "Logged in at SSH server {0} again, attempt {1}.", spec.server(), attempt);
        return;
      } catch (LoginException e) {
        giveUpWhereDue(e, System.nanoTime() - startNs, attempt);
      }
      pause(pauseNs);
      pauseNs = Math.min(pauseNs * 2, LONGEST_PAUSE_NS);
    }
  }

  private void giveUpWhereDue(LoginException failure, long sinceNs, int attempts) {
    if (isClosed()) {
      return;
    }
    if (failure.isForGood()) {
      throw failure;
    }
    if (!spec.patience().isZero() && sinceNs > spec.patience().toNanos()) {
      throw new LoginException(
          true,
          "The tunnel broke, and "
              + attempts
              + " attempts in "
              + TimeUnit.NANOSECONDS.toSeconds(sinceNs)
              + " s did not mend it. "
              + failure.getMessage()
              + " max_retries sets how much is tolerated.",
          failure);
    }
    LOG.log(Level.DEBUG, "No session yet.", failure);
  }

  /**
   * Waits for a session that carries; null when there is none by then, or the keeper is closed.
   *
   * @param untilNs by {@link System#nanoTime()}
   */
  SshSession await(long untilNs) throws InterruptedException {
    lock.lock();
    try {
      long left = untilNs - System.nanoTime();
      while (!closed && left > 0 && (session == null || !session.alive())) {
        changed.awaitNanos(left);
        left = untilNs - System.nanoTime();
      }
      return closed || session == null || !session.alive() ? null : session;
    } finally {
      lock.unlock();
    }
  }

  /** Waits so long, or until the keeper is closed. */
  void pause(long nanos) throws InterruptedException {
    long untilNs = System.nanoTime() + nanos;
    lock.lock();
    try {
      long left = nanos;
      while (!closed && left > 0) {
        changed.awaitNanos(left);
        left = untilNs - System.nanoTime();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives up for good, once. */
  void fail(TransportException reason) {
    if (closeOnce()) {
      failed.accept(reason);
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the session, also one that is just coming about. */
  void close() {
    closeOnce();
  }

  private boolean closeOnce() {
    SshSession open;
    Wire attempt;
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      closed = true;
      open = session;
      attempt = dialling;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (attempt != null) {
      attempt.close();
    }
    if (open != null) {
      open.close();
    }
    return true;
  }
}
