package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netgear.spi.LinkRole;
import io.netgear.spi.WebSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whatever comes to a port that also serves browsers, from its first byte on: it is told from ZMTP,
 * what is answered is HTTP, once and not without end, and nothing of it is left when the link has
 * ended.
 *
 * <p>An input is a {@link FuzzedInput}. A build tries the kept ones, and {@code build-tools/fuzz}
 * new ones.
 */
class HttpFuzzTest {
  /** Enough for the page, and for the pictures that come meanwhile. */
  private static final int MOST_ANSWERED = 400_000;

  @DictionaryFile(resourcePath = "http.dict")
  @FuzzTest
  void shouldAnswerOrRefuseWhateverABrowserSays(byte[] data) {
    FuzzedInput input = new FuzzedInput(data);
    String token = input.has(FuzzedInput.OPEN) ? "" : FuzzedLink.TOKEN;
    FuzzedLink link =
        new FuzzedLink(input, LinkRole.PUBLISH, false, new WebSpec(token, 1, List.of("camera")));
    link.show();
    link.hearAll();
    assertAnswered(input.said(), link.said());
    link.end();
    assertThat(link.said().length).isLessThan(MOST_ANSWERED);
  }

  private static void assertAnswered(byte[] heard, byte[] said) {
    if (said.length > 0) {
      boolean knocks = heard[0] >= 'A' && heard[0] <= 'Z';
      String begin = new String(said, 0, Math.min(9, said.length), StandardCharsets.ISO_8859_1);
      assertThat(begin.equals("HTTP/1.1 ")).as("%s", begin).isEqualTo(knocks);
    }
  }
}
