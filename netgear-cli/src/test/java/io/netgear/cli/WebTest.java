package io.netgear.cli;

import static io.netgear.cli.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.transport.netty.TlsSecurity;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that let browsers watch. */
@Timeout(120)
class WebTest {
  private final List<CommandRun> runs = new ArrayList<>();

  @AfterEach
  void stop() {
    runs.forEach(run -> run.interruption.request());
    runs.forEach(CommandRun::status);
  }

  private CommandRun start(String... args) {
    CommandRun run = CommandRun.start(args);
    runs.add(run);
    return run;
  }

  private static Map<?, ?> ready(CommandRun run) {
    await().until(() -> !run.lines().isEmpty());
    return (Map<?, ?>) Json.read(run.lines().get(0));
  }

  /** The picture there; null for none. */
  private static byte[] picture(Object page, String query) {
    try {
      URI at = URI.create(page.toString()).resolve("/snapshot.jpg" + query);
      HttpURLConnection connection = (HttpURLConnection) at.toURL().openConnection();
      connection.setReadTimeout(20_000);
      return connection.getResponseCode() == 200
          ? connection.getInputStream().readAllBytes()
          : null;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldShowWhatIsSentWithNothingElseSaid() {
    CommandRun sender =
        start("send", "--web", "--port", "0", "--source", "test:64x48@50", "--json-events");
    List<?> pages = (List<?>) ready(sender).get("web");
    assertThat(pages).hasSize(1);
    assertThat(pages.get(0).toString()).matches("http://localhost:\\d+/");
    await().until(() -> picture(pages.get(0), "") != null);
    assertThat(picture(pages.get(0), "")).startsWith(0xFF, 0xD8, 0xFF);
  }

  @Test
  void shouldTellAPersonWhereToWatchWithTheToken() {
    CommandRun sender = start("send", "--web", "--bind", "tcp://*:0", "--source", "test:64x48@50");
    await().until(() -> sender.err().contains("Watch at http://localhost:"));
    String page = sender.err().lines().filter(line -> line.startsWith("Watch")).findFirst().get();
    URI at = URI.create(page.substring("Watch at ".length()));
    assertThat(at.getQuery()).startsWith("token=");
    await().until(() -> picture(at, "?" + at.getQuery()) != null);
    assertThat(picture(at, "")).isNull();
  }

  @Test
  void shouldShowWhatIsRelayedAndSendItOnByOtherTransports() {
    String in = "mem://web-in";
    String out = "mem://web-out";
    CommandRun receiver =
        start(
            "recv",
            "--bind",
            out,
            "--pattern",
            "1",
            "--transport",
            "memory",
            "--check",
            "test",
            "--json");
    CommandRun relay =
        start(
            "relay",
            "--bind",
            in,
            "--pattern",
            "1",
            "--transport",
            "memory",
            "--to",
            "memory:" + out,
            "--publish",
            "netty:tcp://127.0.0.1:0",
            "--publish",
            "zmq:tcp://127.0.0.1:0",
            "--json-events");
    assertThat(ready(relay).get("web")).isNull();
    runs.remove(relay);
    relay.interruption.request();
    assertThat(relay.status()).isZero();

    CommandRun shown =
        start(
            "relay",
            "--bind",
            in,
            "--pattern",
            "1",
            "--transport",
            "memory",
            "--queue",
            "hold-back",
            "--to",
            "memory:" + out,
            "--publish",
            "tcp://127.0.0.1:0",
            "--web",
            "--json-events");
    Object page = ((List<?>) ready(shown).get("web")).get(0);
    start(
        "send",
        "--connect",
        in,
        "--pattern",
        "1",
        "--transport",
        "memory",
        "--source",
        "test:256x64@50");
    await().until(() -> picture(page, "") != null);
    assertThat(picture(page, "")).startsWith(0xFF, 0xD8, 0xFF);
    runs.forEach(run -> run.interruption.request());
    assertThat(receiver.summary()).containsEntry("unrecognised", 0);
  }

  @Test
  void shouldShowInsideTlsWithTheCertificatesOfThisMachine(@TempDir Path keys) throws Exception {
    CommandRun made = CommandRun.start("keys", "--tls", "--keys=" + keys);
    assertThat(made.status()).as(made.err()).isEqualTo(ExitStatus.FINE);
    CommandRun sender =
        start(
            "send",
            "--web",
            "--bind",
            "tls://localhost:0",
            "--keys",
            keys.toString(),
            "--source",
            "test:64x48@50",
            "--json-events");
    Object page = ((List<?>) ready(sender).get("web")).get(0);
    assertThat(page.toString()).startsWith("https://localhost:");
    SSLSocketFactory browser = TlsSecurity.in(keys).context().getSocketFactory();
    await().until(() -> picture(page, browser) != null);
    assertThat(picture(page, browser)).startsWith(0xFF, 0xD8, 0xFF);
  }

  private static byte[] picture(Object page, SSLSocketFactory browser) throws IOException {
    URI at = URI.create(page.toString()).resolve("/snapshot.jpg");
    HttpsURLConnection connection = (HttpsURLConnection) at.toURL().openConnection();
    connection.setSSLSocketFactory(browser);
    connection.setReadTimeout(20_000);
    return connection.getResponseCode() == 200 ? connection.getInputStream().readAllBytes() : null;
  }

  @Test
  void shouldSayWhatIsInTheWay() {
    CommandRun nowhere = CommandRun.start("relay", "--port", "0", "--to", "a:1", "--web");
    assertThat(nowhere.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(nowhere.err()).contains("--web lets browsers watch").contains("--publish ADDRESS");
    CommandRun raw = CommandRun.start("send", "--web", "--raw", "--source", "test:64x48");
    assertThat(raw.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(raw.err()).contains("browsers show JPEG");
    CommandRun connecting = CommandRun.start("send", "--web", "--connect", "a:1");
    assertThat(connecting.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(connecting.err()).contains("this sender connects");
  }
}
