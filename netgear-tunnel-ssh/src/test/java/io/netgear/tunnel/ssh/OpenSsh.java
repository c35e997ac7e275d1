package io.netgear.tunnel.ssh;

import static io.netgear.tunnel.ssh.Patience.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Debian's SSH server with a configuration, a key and a port of its own, for the user that runs the
 * tests. Where it is absent the tests are skipped and say so; with {@value #DEMANDED} set to {@code
 * true} in the environment they fail.
 */
final class OpenSsh implements AutoCloseable {
  private static final String DEMANDED = "NETGEAR_DEMAND_SSHD";
  private static final Path SERVER = Path.of("/usr/sbin/sshd");

  /** What sshd wants to exist when root starts it; the system's own makes it at boot. */
  private static final Path EMPTY_ROOM = Path.of("/run/sshd");

  private static final System.Logger LOG = System.getLogger(OpenSsh.class.getName());

  final Path folder;
  final int port;
  private final List<String> settings;
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private Process process;

  private OpenSsh(Path folder, int port, List<String> settings) {
    this.folder = folder;
    this.port = port;
    this.settings = settings;
  }

  /** Starts it in {@code folder}, with {@code settings} besides the usual ones. */
  static OpenSsh start(Path folder, String... settings) {
    demand();
    OpenSsh server = new OpenSsh(folder, freePort(), List.of(settings));
    try {
      server.makeKey("host", "ed25519", "");
      server.makeKey("user", "ed25519", "");
      Files.copy(folder.resolve("user.pub"), folder.resolve("authorized_keys"));
      Files.writeString(server.knownHosts(), server.knownHostsLine(folder.resolve("host.pub")));
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void demand() {
    if (Files.isExecutable(SERVER)) {
      return;
    }
    String why =
        "There is no " + SERVER + " here, so tunnels were not tried: install openssh-server.";
    if ("true".equals(System.getenv(DEMANDED))) {
      throw new AssertionError(why);
    }
    LOG.log(System.Logger.Level.WARNING, why);
    abort(why);
  }

  /** Makes a key pair {@code name} and {@code name.pub}. */
  Path makeKey(String name, String type, String passphrase) throws IOException {
    Path file = folder.resolve(name);
    Process maker =
        new ProcessBuilder(
                "ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "", "-f", file.toString())
            .inheritIO()
            .start();
    if (waitFor(maker) != 0) {
      throw new IOException("ssh-keygen failed");
    }
    return file;
  }

  /** Lets the owner of a key in. */
  void authorize(Path key) throws IOException {
    Files.copy(
        Path.of(key + ".pub"),
        folder.resolve("authorized_keys"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The line that trusts this server with that key. */
  String knownHostsLine(Path publicKey) throws IOException {
    return "[127.0.0.1]:" + port + " " + Files.readString(publicKey).strip() + "\n";
  }

  Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  Path userKey() {
    return folder.resolve("user");
  }

  String server() {
    return System.getProperty("user.name") + "@127.0.0.1:" + port;
  }

  /** Starts it, also again. */
  void start() throws IOException {
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(EMPTY_ROOM);
    }
    List<String> lines =
        new ArrayList<>(
            List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + folder.resolve("host"),
                "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "LogLevel VERBOSE"));
    lines.addAll(0, settings);
    Path configuration = Files.write(folder.resolve("sshd_config"), lines);
    process =
        new ProcessBuilder(SERVER.toString(), "-D", "-e", "-f", configuration.toString())
            .redirectErrorStream(true)
            .start();
    CountDownLatch listening = new CountDownLatch(1);
    Process started = process;
    Thread reader = new Thread(() -> read(started, listening), "sshd-log");
    reader.setDaemon(true);
    reader.start();
    try {
      if (!listening.await(30, TimeUnit.SECONDS) || !started.isAlive()) {
        throw new IOException("sshd did not start: " + log);
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private void read(Process started, CountDownLatch listening) {
    try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        if (line.contains("Server listening")) {
          listening.countDown();
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The log of sshd was cut off.", e);
    } finally {
      listening.countDown();
    }
  }

  /**
   * Kills the processes that serve sessions; the one that listens stays. Waits for a session if
   * there is none: frames may have arrived that were under way when the last one was killed.
   */
  void killSessions() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> process.descendants().filter(ProcessHandle::destroyForcibly).count() > 0);
  }

  /** Stops it with all its sessions. */
  void stop() {
    List<ProcessHandle> sessions = process.descendants().toList();
    process.destroyForcibly();
    sessions.forEach(ProcessHandle::destroyForcibly);
    waitFor(process);
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
