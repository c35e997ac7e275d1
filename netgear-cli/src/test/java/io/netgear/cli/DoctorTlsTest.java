package io.netgear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.FrameReceiver;
import io.netgear.NetGear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of certificates, and of peers inside TLS. */
@Timeout(120)
class DoctorTlsTest {
  @TempDir Path root;

  private Path keys;

  @BeforeEach
  void makeCertificates() {
    keys = made("keys");
  }

  private Path made(String name) {
    Path directory = root.resolve(name);
    CommandRun run = CommandRun.start("keys", "--tls", "--keys=" + directory);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.FINE);
    return directory;
  }

  private static CommandRun doctor(Path keys, String... address) {
    String[] args = {
      "doctor", "--json", "--timeout", "30", "--transport", "netty", "--keys", keys.toString()
    };
    String[] all = Arrays.copyOf(args, args.length + address.length);
    System.arraycopy(address, 0, all, args.length, address.length);
    return CommandRun.start(all);
  }

  @SuppressWarnings("unchecked")
  private static List<String> findings(CommandRun run, String check) {
    return ((List<Map<String, Object>>) run.summary().get("checks"))
        .stream()
            .filter(each -> each.get("check").equals(check))
            .map(each -> each.get("level") + ": " + each.get("found") + " - " + each.get("do"))
            .toList();
  }

  private FrameReceiver receiver() {
    return NetGear.receiver("tls://127.0.0.1:0")
        .transport("netty")
        .keys(keys)
        .idleLimit(Duration.ZERO)
        .open();
  }

  @Test
  void shouldSpeakToAPeerAsAnEndWould() {
    try (FrameReceiver receiver = receiver()) {
      CommandRun run = doctor(keys, receiver.addresses().get(0).toString());

      assertThat(run.status()).as(run.out()).isEqualTo(ExitStatus.FINE);
      assertThat(findings(run, "peer")).singleElement().asString().startsWith("ok: ");
      assertThat(findings(run, "security"))
          .singleElement()
          .asString()
          .startsWith("ok: ")
          .contains("TLS 1.3");
      assertThat(findings(run, "pattern")).singleElement().asString().startsWith("ok: ");
      assertThat(findings(run, "keys")).hasSize(3).allMatch(each -> each.startsWith("ok: "));
    }
  }

  @Test
  void shouldTellThatTheOtherEndIsOfAnotherAuthority() {
    Path strange = made("strange");
    try (FrameReceiver receiver = receiver()) {
      CommandRun run = doctor(strange, receiver.addresses().get(0).toString());

      assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(findings(run, "security"))
          .singleElement()
          .asString()
          .startsWith("problem: ")
          .contains("is of another authority than the one in ca.crt");
    }
  }

  @Test
  void shouldTellThatTheOtherEndTurnsThisOneAway() throws IOException {
    Path strange = made("strange");
    Files.copy(
        keys.resolve("ca.crt"), strange.resolve("ca.crt"), StandardCopyOption.REPLACE_EXISTING);
    try (FrameReceiver receiver = receiver()) {
      CommandRun run = doctor(strange, receiver.addresses().get(0).toString());

      assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
      // the other end's reason may be overtaken by the end of the connection
      assertThat(Stream.of("security", "peer").flatMap(each -> findings(run, each).stream()))
          .singleElement()
          .asString()
          .startsWith("problem: ")
          .containsAnyOf("it turned this end away", "it was closed");
    }
  }

  @Test
  void shouldSayWhatIsMissing() throws IOException {
    Files.delete(keys.resolve("own.key"));
    CommandRun run = doctor(keys, "tls://127.0.0.1:9");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(findings(run, "keys"))
        .anyMatch(each -> each.startsWith("problem: ") && each.contains("own.key is missing"));
    assertThat(findings(run, "peer"))
        .singleElement()
        .asString()
        .contains("could not speak TLS", "own.key");
  }

  @Test
  void shouldSayThatNobodyListensOrThatThePortIsTaken() {
    try (FrameReceiver receiver = receiver()) {
      String taken = receiver.addresses().get(0).toString();
      assertThat(findings(doctor(keys, "--bind", taken), "port"))
          .singleElement()
          .asString()
          .startsWith("problem: ")
          .contains("in use");
    }
    assertThat(findings(doctor(keys, "tls://127.0.0.1:9"), "peer"))
        .singleElement()
        .asString()
        .contains("nobody listens");
  }
}
