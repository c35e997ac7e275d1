package io.netgear.transport.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Events;
import io.netgear.Peer;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.testkit.Threads;
import java.io.File;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Where neither the pool nor the JVM has memory for a part. */
class NoDirectMemoryTest {
  private static final int LARGE = 40 << 20;

  /** Runs in a JVM with less direct memory than a part has. */
  static final class Program {
    public static void main(String[] arguments) throws Exception {
      CompletableFuture<String> refused = new CompletableFuture<>();
      Events events =
          new Events() {
            @Override
            public void refused(Peer peer, String reason) {
              refused.complete(reason);
            }
          };
      try (Links links = new Links(new TestPool(4 << 20))) {
        Link receiver =
            links.open(LinkRole.PULL, true, List.of(Links.ANY_PORT), events, 64 << 20, 1);
        for (int round = 0; round < 2; round++) {
          sendTooMuch(receiver);
          System.out.println("received " + Links.receiveText(receiver, 0));
        }
        System.out.println("refused: " + refused.get(30, TimeUnit.SECONDS));
        try (RawPeer good = new RawPeer(receiver.addresses().get(0))) {
          good.greet("PUSH").frame(0, "good".getBytes(StandardCharsets.US_ASCII));
          System.out.println("received " + Links.receiveText(receiver, 30_000));
        }
      }
    }

    /** Until the receiver hangs up, and before that as many bytes as it likes. */
    private static void sendTooMuch(Link receiver) throws IOException {
      try (RawPeer large = new RawPeer(receiver.addresses().get(0))) {
        large.greet("PUSH").frame(1, "a header".getBytes(StandardCharsets.US_ASCII));
        large.length(0, LARGE).bytes(new byte[LARGE]);
        CompletableFuture<String> waiting =
            Threads.supply(() -> Links.receiveText(receiver, 1_000));
        large.awaitHangUp();
        System.out.println("received " + waiting.join());
      } catch (SocketException e) {
        System.out.println("received null"); // hung up on while it was still sending
      }
    }
  }

  @Test
  void shouldRefuseThePartAndGoOn() throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=32m",
                "-cp",
                classPath,
                Program.class.getName())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(program.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("refused: there was no memory for a part of " + LARGE + " bytes")
        .contains("received good")
        .doesNotContain("received a header");
  }
}
