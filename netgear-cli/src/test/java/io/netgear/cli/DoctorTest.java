package io.netgear.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.Receipt;
import io.netgear.ReceivedFrame;
import io.netgear.SecureMode;
import io.netgear.testkit.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor says of peers, ports and keys, and that nobody notices the visit. */
@Timeout(120)
class DoctorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Frame FRAME = Frame.allocate(FrameFormat.of(32, 16, PixelFormat.BGR));

  @TempDir Path home;

  /** With patience, for a machine that is busy, unless told otherwise. */
  private static CommandRun doctor(String... args) {
    List<String> all = new ArrayList<>(List.of("doctor", "--json"));
    all.addAll(List.of(args));
    if (!all.contains("--timeout")) {
      all.addAll(List.of("--timeout", "30"));
    }
    return CommandRun.start(all.toArray(String[]::new));
  }

  /** All findings of one check, as "level: what was found - what to do". */
  @SuppressWarnings("unchecked")
  private static List<String> findings(CommandRun run, String check) {
    return ((List<Map<String, Object>>) run.summary().get("checks"))
        .stream()
            .filter(each -> each.get("check").equals(check))
            .map(each -> each.get("level") + ": " + each.get("found") + " - " + each.get("do"))
            .toList();
  }

  private static String finding(CommandRun run, String check) {
    List<String> all = findings(run, check);
    assertThat(all).as(run.out() + run.err()).hasSize(1);
    return all.get(0);
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static String at(ServerSocket socket) {
    return "tcp://127.0.0.1:" + socket.getLocalPort();
  }

  @ParameterizedTest
  @CsvSource({
    "pair, PAIR",
    "request-reply, REP",
    "publish-subscribe, SUB",
    "push-pull, PULL",
  })
  void shouldFindAReceiverAndItsPattern(String pattern, String type) {
    try (FrameReceiver receiver =
        NetGear.receiver("tcp://127.0.0.1:0").pattern(pattern).idleLimit(Duration.ZERO).open()) {
      CommandRun run = doctor(receiver.addresses().get(0).toString(), "--pattern", pattern);

      assertThat(run.status()).as(run.out()).isEqualTo(ExitStatus.FINE);
      assertThat(finding(run, "peer")).startsWith("ok: ").contains("ZMTP 3", "NULL", type);
      assertThat(finding(run, "pattern")).startsWith("ok: ").contains(type, pattern);
      assertThat(finding(run, "security")).startsWith("ok: ").contains("neither end encrypts");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pair", "request-reply"})
  void shouldDisturbNoStream(String pattern) {
    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0").pattern(pattern).idleLimit(PATIENCE).open();
        FrameSender sender =
            NetGear.sender(receiver.addresses().get(0).toString())
                .pattern(pattern)
                .requestTimeout(PATIENCE)
                .open()) {
      exchange(sender, receiver);
      for (int visit = 0; visit < 2; visit++) {
        CommandRun run = doctor(receiver.addresses().get(0).toString(), "--pattern", pattern);
        for (int i = 0; i < 10; i++) {
          exchange(sender, receiver);
        }
        assertThat(run.status()).as(run.out()).isEqualTo(ExitStatus.FINE);
        exchange(sender, receiver);
      }

      assertThat(receiver.stats().delivered()).isEqualTo(23);
      assertThat(receiver.stats().badMessages()).isZero();
      assertThat(receiver.stats().refused()).isZero();
      assertThat(sender.stats().totalDropped()).isZero();
    }
  }

  private static void exchange(FrameSender sender, FrameReceiver receiver) {
    CompletableFuture<Receipt> sent = Threads.supply(() -> sender.send(FRAME));
    try (ReceivedFrame received = receiver.recv(PATIENCE).orElseThrow()) {
      assertThat(received.frame().format().width()).isEqualTo(32);
    }
    assertThat(sent.join().status()).isEqualTo(Receipt.Status.ACKNOWLEDGED);
  }

  @Test
  void shouldTellThatPatternsDiffer() {
    try (FrameReceiver receiver =
        NetGear.receiver("tcp://127.0.0.1:0").pattern("push-pull").open()) {
      String address = receiver.addresses().get(0).toString();
      CommandRun run = doctor(address, "--pattern", "request-reply");

      assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(finding(run, "pattern"))
          .startsWith("problem: ")
          .contains("PULL", "request-reply needs REP", "same --pattern");

      CommandRun same = doctor("--connect", address, "--for", "receiver", "--pattern", "push-pull");
      assertThat(same.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(finding(same, "pattern")).contains("receives as this end would");
    }
  }

  @Test
  void shouldFindASenderThatBinds() {
    try (FrameSender sender =
        NetGear.sender("tcp://127.0.0.1:0").bind().pattern("publish-subscribe").open()) {
      String address = sender.addresses().get(0).toString();
      CommandRun run =
          doctor("--connect", address, "--for", "receiver", "--pattern", "publish-subscribe");

      assertThat(run.status()).as(run.out()).isEqualTo(ExitStatus.FINE);
      assertThat(finding(run, "pattern")).startsWith("ok: ").contains("PUB");
    }
  }

  @Test
  void shouldCompareWhatBothEndsDoAboutSecurity() {
    try (FrameReceiver plain =
            NetGear.receiver("tcp://127.0.0.1:0").pattern("request-reply").open();
        FrameReceiver secret =
            NetGear.receiver("tcp://127.0.0.1:0")
                .pattern("request-reply")
                .secure(SecureMode.IRONHOUSE)
                .keys(home)
                .open();
        FrameSender sender =
            NetGear.sender(secret.addresses().get(0).toString())
                .pattern("request-reply")
                .secure(SecureMode.IRONHOUSE)
                .keys(home)
                .requestTimeout(PATIENCE)
                .open()) {
      String plainly = plain.addresses().get(0).toString();
      String secretly = secret.addresses().get(0).toString();
      exchange(sender, secret);

      CommandRun careless = doctor(secretly, "--pattern", "1");
      assertThat(careless.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(finding(careless, "security"))
          .startsWith("problem: ")
          .contains("the peer encrypts (CURVE), this end would not");

      CommandRun lonely = doctor(plainly, "--pattern", "1", "--secure", "2", "--keys", home + "");
      assertThat(lonely.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(finding(lonely, "security")).contains("the peer speaks plain text (NULL)");

      CommandRun agreed = doctor(secretly, "--pattern", "1", "--secure", "2", "--keys", home + "");
      assertThat(agreed.status()).as(agreed.out()).isEqualTo(ExitStatus.FINE);
      assertThat(finding(agreed, "security"))
          .startsWith("ok: ")
          .contains("both ends encrypt (CURVE)");

      exchange(sender, secret);
      assertThat(secret.stats().badMessages()).isZero();
    }
  }

  @Test
  void shouldTellThatAPortIsFree() throws IOException {
    String address;
    try (ServerSocket socket = listen()) {
      address = at(socket);
    }
    CommandRun run = doctor("--bind", address);

    assertThat(run.status()).as(run.out()).isEqualTo(ExitStatus.FINE);
    assertThat(finding(run, "port")).startsWith("ok: ").contains(address, "free");
    assertThat(finding(doctor("--bind", "tcp://127.0.0.1:0"), "port")).contains("a free port");
  }

  @Test
  void shouldTellThatAPortIsInUse() throws IOException {
    try (ServerSocket socket = listen()) {
      CommandRun run = doctor("--bind", at(socket));

      assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(finding(run, "port")).startsWith("problem: ").contains("in use", "another port");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldNameWhoHasAPort() throws IOException {
    try (ServerSocket socket = listen()) {
      assertThat(PortOwner.of(socket.getLocalPort()))
          .hasValueSatisfying(
              owner -> assertThat(owner).startsWith("process " + ProcessHandle.current().pid()));
    }
  }

  @Test
  void shouldTellThatAnAddressIsNotThisMachines() {
    CommandRun run = doctor("--bind", "tcp://192.0.2.1:5555");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(finding(run, "port")).contains("no interface of this machine");
  }

  @Test
  void shouldTellThatNobodyListens() throws IOException {
    String address;
    try (ServerSocket socket = listen()) {
      address = at(socket);
    }
    CommandRun run = doctor(address);

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(finding(run, "peer")).startsWith("problem: ").contains("nobody listens there");
  }

  @Test
  void shouldTellAStrangerFromAPeer() throws IOException {
    try (ServerSocket socket = listen()) {
      serve(socket, "HTTP/1.1 400 Bad\u001b[31m Request\r\n\r\n".getBytes(US_ASCII));
      CommandRun run = doctor(at(socket));

      assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(finding(run, "peer"))
          .startsWith("problem: ")
          .contains("does not speak ZeroMQ: 'HTTP/1.1 4'")
          .doesNotContain("\u001b");
    }
  }

  @Test
  void shouldReadNoMoreThanAGreetingFromWhoNeverStops() throws IOException {
    byte[] greeting = new byte[1 << 20];
    Arrays.fill(greeting, (byte) 0xFF);
    greeting[10] = 3;
    Arrays.fill(greeting, 11, 64, (byte) 0);
    System.arraycopy("NULL".getBytes(US_ASCII), 0, greeting, 12, 4);
    try (ServerSocket socket = listen()) {
      serve(socket, greeting);
      CommandRun run = doctor(at(socket));

      assertThat(run.status()).as(run.out()).isEqualTo(ExitStatus.FINE);
      assertThat(finding(run, "peer")).startsWith("ok: ").contains("ZMTP 3.0, NULL)");
      assertThat(findings(run, "pattern")).isEmpty();
    }
  }

  @Test
  void shouldRefuseAMechanismThatItDoesNotKnow() throws IOException {
    byte[] greeting = new byte[64];
    greeting[0] = (byte) 0xFF;
    greeting[9] = 0x7F;
    greeting[10] = 3;
    System.arraycopy("PLAIN".getBytes(US_ASCII), 0, greeting, 12, 5);
    try (ServerSocket socket = listen()) {
      serve(socket, greeting);

      assertThat(finding(doctor(at(socket)), "security")).startsWith("problem: ").contains("PLAIN");
    }
  }

  /** Says that to the first who comes, and hangs up. */
  private static void serve(ServerSocket socket, byte[] answer) {
    FutureTask<byte[]> visit = // keeps what the doctor's hanging up makes of it
        new FutureTask<>(
            () -> {
              try (Socket peer = socket.accept()) {
                peer.getInputStream().readNBytes(12);
                peer.getOutputStream().write(answer);
                return peer.getInputStream().readAllBytes();
              }
            });
    Thread server = new Thread(visit, "stranger");
    server.setDaemon(true);
    server.start();
  }

  @Test
  void shouldNotWaitLongForWhoIsSilent() throws IOException {
    try (ServerSocket socket = listen()) { // connections are made, and never taken
      CommandRun run = doctor(at(socket), "--timeout", "2");

      assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(finding(run, "peer")).contains("nothing was said within 2.0 s");
    }
  }

  @Test
  void shouldTellThatAHostDoesNotResolve() {
    CommandRun run = doctor("tcp://no-such-host.invalid:5555", "--timeout", "5");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(finding(run, "host")).startsWith("problem: ").contains("no-such-host.invalid");
    assertThat(findings(run, "peer")).isEmpty();
  }

  @Test
  void shouldLookAtKeysWithoutMakingAny() throws IOException {
    CommandRun none = doctor("--secure", "2", "--keys", home + "");
    assertThat(none.status()).as(none.out()).isEqualTo(ExitStatus.FINE);
    assertThat(finding(none, "keys")).startsWith("warning: ").contains("netgear keys make");
    assertThat(home).isEmptyDirectory();

    CommandRun made = CommandRun.start("keys", "make", "--keys", home + "");
    assertThat(made.status()).isEqualTo(ExitStatus.FINE);
    assertThat(findings(doctor("--secure", "2", "--keys", home + ""), "keys"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("ok: ").contains("both halves fit"));

    Files.copy(key("client.key"), key("server.key"), StandardCopyOption.REPLACE_EXISTING);
    CommandRun mixed = doctor("--secure", "2", "--keys", home + "");
    assertThat(mixed.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(findings(mixed, "keys"))
        .anySatisfy(line -> assertThat(line).startsWith("problem: ").contains("belongs to"));

    Files.delete(key("server.key"));
    CommandRun lacking = doctor("--secure", "1", "--keys", home + "");
    assertThat(lacking.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(findings(lacking, "keys"))
        .anySatisfy(line -> assertThat(line).contains("this sender lacks", "server.key"));
  }

  @Test
  void shouldTellThatAReceiverListsNobody() throws IOException {
    assertThat(CommandRun.start("keys", "make", "--for=receiver", "--keys", home + "").status())
        .isEqualTo(ExitStatus.FINE);
    CommandRun run = doctor("--bind", "tcp://127.0.0.1:0", "--secure", "2", "--keys", home + "");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(findings(run, "keys"))
        .anySatisfy(line -> assertThat(line).contains("without which nobody may send"));

    CommandRun unnamed = doctor("--secure", "2", "--keys", home + "");
    assertThat(unnamed.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(findings(unnamed, "keys"))
        .anySatisfy(line -> assertThat(line).contains("this receiver lacks"));
    assertThat(findings(doctor("--for=sender", "--secure", "2", "--keys", home + ""), "keys"))
        .noneSatisfy(line -> assertThat(line).contains("lacks"));
  }

  private Path key(String name) {
    return home.resolve(".vidgear").resolve("keys").resolve("public_keys").resolve(name);
  }

  @Test
  void shouldTellPeopleTheSameInLines() {
    CommandRun run = CommandRun.start("doctor", "--bind", "tcp://127.0.0.1:0");

    assertThat(run.status()).as(run.out()).isEqualTo(ExitStatus.FINE);
    assertThat(run.lines())
        .allSatisfy(line -> assertThat(line).matches("(ok|warning|problem): .+"))
        .anySatisfy(line -> assertThat(line).startsWith("ok: ").contains("transport zmq"))
        .anySatisfy(line -> assertThat(line).startsWith("ok: Java "))
        .anySatisfy(line -> assertThat(line).contains("direct memory"))
        .anySatisfy(line -> assertThat(line).contains("the clock says"))
        .anySatisfy(line -> assertThat(line).contains("natives"));
  }

  @Test
  void shouldLookAtTheMachineWhereNoAddressIsGiven() {
    CommandRun run = doctor();

    assertThat(run.status()).as(run.out()).isEqualTo(ExitStatus.FINE);
    assertThat(run.summary()).containsEntry("addresses", List.of()).containsEntry("problems", 0);
    assertThat(finding(run, "address")).startsWith("ok: none was given");
  }

  private static List<String> linesOf(String... args) {
    CommandRun run = CommandRun.start(args);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.FAILED);
    return run.lines();
  }

  @Test
  void shouldTellThatAPluginIsMissing() {
    CommandRun run = doctor("tcp://127.0.0.1:1", "--transport", "pigeon");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(findings(run, "plugins"))
        .anySatisfy(line -> assertThat(line).startsWith("problem: ").contains("pigeon"));
    assertThat(linesOf("doctor", "--transport", "pigeon"))
        .allSatisfy(line -> assertThat(line).matches("(ok|warning|problem): .+"))
        .noneSatisfy(line -> assertThat(line).contains("an end may take"));
  }
}
