package io.netgear.tunnel.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.netgear.spi.TunnelSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** One login at the SSH server, until its connection ends. Thread-safe once logged in. */
final class SshSession {
  private static final int LOGIN_MS = 10_000;
  private static final int CHANNEL_MS = 10_000;

  /** By far the fastest where the processor knows AES. */
  private static final String FAST_CIPHERS = "aes128-gcm@openssh.com,aes256-gcm@openssh.com";

  private final Session session;
  private final Wire wire;

  private SshSession(Session session, Wire wire) {
    this.session = session;
    this.wire = wire;
  }

  /**
   * Logs in.
   *
   * @throws LoginException if that does not succeed; {@code wire} is closed then
   */
  static SshSession login(JSch jsch, TunnelSpec spec, Credentials credentials, Wire wire) {
    Session session = null;
    try {
      session = jsch.getSession(spec.user(), spec.host(), spec.port());
      session.setSocketFactory(wire);
      session.setDaemonThread(true);
      session.setConfig("StrictHostKeyChecking", "yes");
      session.setConfig("PreferredAuthentications", String.join(",", credentials.methods()));
      session.setConfig("cipher.c2s", fastFirst(session.getConfig("cipher.c2s")));
      session.setConfig("cipher.s2c", fastFirst(session.getConfig("cipher.s2c")));
      if (credentials.password() != null) {
        session.setPassword(credentials.password().getBytes(StandardCharsets.UTF_8));
      }
      session.connect(LOGIN_MS);
      session.setServerAliveInterval(Math.toIntExact(spec.keepAlive().toMillis()));
      session.setServerAliveCountMax(Integer.MAX_VALUE);
      return new SshSession(session, wire);
    } catch (JSchException e) {
      wire.close();
      throw new Refusal(spec, credentials)
          .of(e, wire.failure(), session == null ? null : session.getHostKey());
    }
  }

  private static String fastFirst(String ciphers) {
    Set<String> ordered = new LinkedHashSet<>(Arrays.asList(FAST_CIPHERS.split(",")));
    ordered.addAll(Arrays.asList(ciphers.split(",")));
    return String.join(",", ordered);
  }

  Wire wire() {
    return wire;
  }

  /** Whether it carries anything. */
  boolean alive() {
    return !wire.over() && session.isConnected();
  }

  /**
   * Opens the way to the target.
   *
   * @param arriving takes what comes back, on the session's thread; closed with the way
   * @throws NoWayException if the server does not open it
   */
  ChannelDirectTCPIP open(TunnelSpec spec, Arriving arriving) throws NoWayException, IOException {
    ChannelDirectTCPIP channel = null;
    try {
      channel =
          (ChannelDirectTCPIP)
              session.getStreamForwarder(spec.target().host(), spec.target().port());
      channel.setOutputStream(arriving);
      channel.connect(CHANNEL_MS);
      arriving.opened();
      return channel;
    } catch (JSchException e) {
      int reason = channel == null ? NoWayException.UNKNOWN : channel.getExitStatus();
      if (channel != null) {
        channel.disconnect();
      }
      throw new NoWayException(alive() ? reason : NoWayException.SESSION_OVER, e);
    }
  }

  /** The connection first: whoever is blocked in it leaves, and jsch can take its locks. */
  void close() {
    wire.close();
    session.disconnect();
  }
}
