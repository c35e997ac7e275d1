package io.netgear.transport.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.Address;
import io.netgear.SecureMode;
import io.netgear.Security;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.SendResult;
import io.netgear.testkit.RecordingEvents;
import io.netgear.testkit.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that does not answer when it is connected to, as after a cut: the system asks again after
 * 1, 2, 4, 8 s and so on; links do not wait for that.
 *
 * <p>Such a host is played by a port whose queue of connections is full, which Linux leaves without
 * an answer. Each attempt comes from a port of its own.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class HungConnectTest {
  private static final List<Path> CONNECTIONS =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final String CONNECTING = "02";

  @TempDir Path keys;

  @Test
  void shouldTryAnewBeforeTheSystemDoes() throws Exception {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (SecureMode mode : new SecureMode[] {SecureMode.NONE, SecureMode.IRONHOUSE}) {
      for (LinkRole role :
          List.of(LinkRole.PAIR, LinkRole.REQUEST, LinkRole.PUBLISH, LinkRole.PUSH)) {
        all.add(Threads.run(() -> shouldTryAnew(role, mode)));
      }
    }
    all.forEach(CompletableFuture::join);
  }

  private void shouldTryAnew(LinkRole role, SecureMode mode) {
    try (Deaf deaf = new Deaf();
        Link link = open(role, mode, deaf.address())) {
      Set<String> attempts = ConcurrentHashMap.newKeySet();
      while (attempts.size() < 2) {
        assertThat(link.send(Links.text("frame"), Links.in(100)))
            .as("%s %s", role, mode)
            .isIn(SendResult.NO_PEER, SendResult.DROPPED);
        attempts.addAll(deaf.attempts());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Link open(LinkRole role, SecureMode mode, Address address) {
    LinkSpec plain =
        Links.spec(
            new TestPool(1 << 20),
            role,
            false,
            List.of(address),
            new RecordingEvents(),
            1 << 20,
            1);
    Security security = mode == SecureMode.NONE ? Security.NONE : Keys.in(keys).sender(mode);
    return new ZmqTransport().open(Keys.with(plain, security));
  }

  /** Lets nobody in, and does not say so. */
  private static final class Deaf implements AutoCloseable {
    private static final int MOST_TO_FILL_IT = 20;

    private final ServerSocket server;
    private final List<Socket> fillers = new ArrayList<>();

    Deaf() throws IOException {
      server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
      boolean full = false;
      while (!full && fillers.size() < MOST_TO_FILL_IT) {
        Socket filler = new Socket();
        fillers.add(filler);
        try {
          filler.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()), 300);
        } catch (SocketTimeoutException e) {
          full = true;
        }
      }
      assumeTrue(full, "this system answers although nobody accepts");
    }

    Address address() {
      return new Address("tcp", "127.0.0.1", server.getLocalPort());
    }

    /** Ports that somebody tries to connect from. */
    Set<String> attempts() throws IOException {
      String target = String.format(Locale.ROOT, "0100007F:%04X", server.getLocalPort());
      Set<String> from = ConcurrentHashMap.newKeySet();
      for (Path connections : CONNECTIONS) {
        for (String line :
            Files.exists(connections) ? Files.readAllLines(connections) : List.<String>of()) {
          String[] fields = line.strip().split("\\s+");
          if (fields[2].endsWith(target) && fields[3].equals(CONNECTING)) {
            from.add(fields[1]);
          }
        }
      }
      return from;
    }

    @Override
    public void close() throws IOException {
      for (Socket filler : fillers) {
        filler.close();
      }
      server.close();
    }
  }
}
