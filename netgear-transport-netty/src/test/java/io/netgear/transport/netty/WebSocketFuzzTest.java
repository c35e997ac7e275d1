package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netgear.spi.LinkRole;
import io.netgear.spi.WebSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whatever a viewer says on its WebSocket: it is answered with whole frames of a server's, or sent
 * away with a reason, and nothing of it is left when the link has ended.
 *
 * <p>An input is a {@link FuzzedInput}. A build tries the kept ones, and {@code build-tools/fuzz}
 * new ones.
 */
class WebSocketFuzzTest {
  private static final String UPGRADE =
      String.join(
          "\r\n",
          "GET /live HTTP/1.1",
          "Host: localhost:5555",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Origin: http://localhost:5555",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "",
          "");

  private static final int FINAL = 0x80;
  private static final int CONTINUED = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int MASK = 0x80;
  private static final int TWO_BYTES = 126;

  @DictionaryFile(resourcePath = "websocket.dict")
  @FuzzTest
  void shouldAnswerOrSendAwayWhateverAViewerSays(byte[] data) {
    FuzzedInput input = new FuzzedInput(data);
    FuzzedLink link = new FuzzedLink(input, LinkRole.PUBLISH, false, new WebSpec("", 1, List.of()));
    link.hear(UPGRADE.getBytes(StandardCharsets.US_ASCII));
    link.show();
    link.hearAll();
    byte[] said = link.said();
    if (!input.has(FuzzedInput.STUCK)) {
      assertFrames(ByteBuffer.wrap(said));
    }
    link.end();
  }

  private static void assertFrames(ByteBuffer said) {
    String all = new String(said.array(), StandardCharsets.ISO_8859_1);
    assertThat(all).startsWith("HTTP/1.1 101 ");
    said.position(all.indexOf("\r\n\r\n") + 4);
    boolean within = false;
    boolean closed = false;
    while (said.hasRemaining()) {
      assertThat(closed).as("something behind the last frame").isFalse();
      int first = said.get() & 0xFF;
      int kind = first & ~FINAL;
      boolean last = (first & FINAL) != 0;
      assertThat(kind).isIn(CONTINUED, TEXT, BINARY, CLOSE, PING, PONG);
      if (kind < CLOSE) {
        assertThat(kind == CONTINUED).as("a message goes on").isEqualTo(within);
        within = !last;
      }
      closed = kind == CLOSE;
      skipBody(said);
    }
    assertThat(within).as("within a message at the end").isFalse();
  }

  private static void skipBody(ByteBuffer said) {
    int length = said.get() & 0xFF;
    assertThat(length).as("length, and no mask").isLessThan(MASK);
    assertThat(length).as("no answer is longer").isLessThanOrEqualTo(TWO_BYTES);
    int bytes = length == TWO_BYTES ? said.getShort() & 0xFFFF : length;
    said.position(said.position() + bytes);
  }
}
