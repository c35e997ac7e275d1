package io.netgear.transport.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** READY completes a handshake, however the bytes come, and nothing else does. */
class HandshakeTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  HandshakeTest() {
    bytes.writeBytes(new byte[64]);
  }

  private void frame(int flags, String body) {
    byte[] text = body.getBytes(StandardCharsets.US_ASCII);
    bytes.write(flags);
    if ((flags & 2) != 0) {
      bytes.writeBytes(ByteBuffer.allocate(8).putLong(text.length).array());
    } else {
      bytes.write(text.length);
    }
    bytes.writeBytes(text);
  }

  private boolean completeInPiecesOf(int size) {
    Handshake handshake = new Handshake();
    ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
    for (int at = 0; at < all.capacity(); at += size) {
      handshake.passed(all, at, Math.min(all.capacity(), at + size));
    }
    return handshake.complete();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, 65, 1000})
  void shouldBeCompleteWithReadyHoweverItComes(int pieces) {
    frame(4, "\5READY\13Socket-Type\0\0\0\4PULL");

    assertThat(completeInPiecesOf(pieces)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void shouldBeCompleteWithReadyAfterOtherCommandsAndInALongFrame(int pieces) {
    frame(4, "\7WELCOME" + "x".repeat(160));
    frame(4, "");
    frame(6, "\5READY" + "y".repeat(300));

    assertThat(completeInPiecesOf(pieces)).isTrue();
  }

  @Test
  void shouldNotBeCompleteBeforeTheLastByteOfReady() {
    frame(4, "\5READY\13Socket-Type\0\0\0\4PULL");
    byte[] all = bytes.toByteArray();
    Handshake handshake = new Handshake();

    handshake.passed(ByteBuffer.wrap(all), 0, all.length - 1);
    assertThat(handshake.complete()).isFalse();
    handshake.passed(ByteBuffer.wrap(all), all.length - 1, all.length);
    assertThat(handshake.complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\5ERROR\3why", "\5READ", "\4PING", "", "READY and nothing else"})
  void shouldNotBeCompleteWithAnotherCommand(String body) {
    frame(4, body);
    frame(4, body);

    assertThat(completeInPiecesOf(1)).isFalse();
  }

  @Test
  void shouldNotBeCompleteWithAMessage() {
    frame(0, "\5READY\13Socket-Type\0\0\0\4PULL");

    assertThat(completeInPiecesOf(10)).isFalse();
  }
}
