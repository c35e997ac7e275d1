package io.netgear;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.plugins.ToyCodec;
import io.netgear.plugins.ToyTransport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to those who want browsers to watch. */
class WebOptionsTest {
  private static final String TOKEN = "correct-horse-battery";

  private static SenderBuilder sender() {
    return NetGear.sender("tcp://127.0.0.1:0").transport(new Showing()).codec(new ToyCodec());
  }

  private static SenderBuilder served() {
    return sender().pattern("publish-subscribe").bind().web();
  }

  private static String complaint(EndpointBuilder<?> builder) {
    try {
      return builder.explain();
    } catch (NetGearException | IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  @Test
  void shouldSayAllThatIsInTheWayTogether() {
    assertThat(
            complaint(sender().transport(new ToyTransport()).pattern("pair").uncompressed().web()))
        .contains("Option 'web' is true, but pattern pair sends to peers that answer")
        .contains("Option 'web' is true, but transport toy serves none: take transport netty")
        .contains("Option 'web' is true, but this sender connects")
        .contains("Option 'web' is true, but browsers show JPEG and no raw pixels");
    assertThat(complaint(served().address("ipc:///tmp/x:1")))
        .contains("a browser cannot come to ipc:///tmp/x:1: give a tcp or a tls address");
  }

  @Test
  void shouldLetBrowsersComeInsideTls() {
    assertThat(complaint(served().address("tls://127.0.0.1:0")))
        .doesNotContain("a browser cannot come");
  }

  @Test
  void shouldRefuseDetailsOfAViewerThatNobodyAskedFor() {
    assertThat(complaint(sender().webToken(TOKEN).webViewers(3).webHosts("cam")))
        .contains("Option 'web_token' (set by webToken()) is set, but no browser is served")
        .contains("Option 'web_viewers' (set by webViewers()) is set")
        .contains("Option 'web_hosts' (set by webHosts()) is set")
        .doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"short", "fifteen-chars-x", "with blanks in between", "with/slash/and+plus"})
  void shouldRefuseTokensThatAreEasyToGuessOrBreakAddresses(String token) {
    assertThat(complaint(served().webToken(token).lenient()))
        .contains("expected 16 to 128 of the characters")
        .doesNotContain(token);
  }

  @Test
  void shouldExplainWhatIsServedWithoutTheToken() {
    assertThat(served().webToken(TOKEN).webHosts("cam.example.org").explain())
        .containsPattern("web +=? *true")
        .contains("web_token", "web_viewers", "cam.example.org")
        .doesNotContain(TOKEN);
    assertThat(complaint(served().option("web_hosts", List.of("no/name"))))
        .contains("'web_hosts'", "expected host names");
  }

  /** A transport that could. */
  private static final class Showing extends ToyTransport {
    @Override
    public boolean servesBrowsers() {
      return true;
    }
  }
}
