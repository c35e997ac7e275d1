package io.netgear.it.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.DropReason;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver that wants less than the whole picture. */
@Timeout(60)
class PartialDecodingTest {
  private static final Frame PICTURE = Stream.gradient(FrameFormat.of(320, 240, PixelFormat.BGR));

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldReceiveASmallGrayPart(String transport) {
    try (Stream stream =
        Stream.open(
            transport,
            "request-reply",
            sender -> {},
            receiver -> receiver.scale(2).gray().region(100, 51, 41, 20).keepEncoded())) {
      try (ReceivedFrame received = stream.exchange(PICTURE, null)) {
        assertThat(received.frame().format()).isEqualTo(FrameFormat.of(21, 11, PixelFormat.GRAY));
        assertThat(received.encoded().orElseThrow().remaining())
            .as("the encoded bytes are whole")
            .isGreaterThan(1000);
      }
    }
  }

  @Test
  void shouldReadTheOptionsByTheirNames() {
    try (Stream stream =
        Stream.open(
            "zmq",
            "pair",
            sender -> {},
            receiver ->
                receiver.options(
                    Map.of(
                        "decode_scale",
                        "1/4",
                        "decode_gray",
                        true,
                        "decode_region",
                        "300, 200, 100x100")))) {
      assertThat(stream.receiver.explain())
          .contains("decode_scale")
          .contains("1/4")
          .contains("300,200,100x100");
      try (ReceivedFrame received = stream.exchange(PICTURE, null)) {
        assertThat(received.frame().format()).isEqualTo(FrameFormat.of(5, 10, PixelFormat.GRAY));
      }
    }
  }

  @Test
  void shouldCountAPictureWithoutThePartAsBad() {
    try (Stream stream =
        Stream.open(
            "memory", "push-pull", sender -> {}, receiver -> receiver.region(100, 0, 50, 50))) {
      stream.sender.send(Stream.gradient(FrameFormat.of(64, 48, PixelFormat.BGR)), "too small");
      stream.sender.send(PICTURE, "large enough");
      try (ReceivedFrame received = stream.receiver.recv(Stream.LIMIT).orElseThrow()) {
        assertThat(received.message()).isEqualTo("large enough");
        assertThat(received.frame().format()).isEqualTo(FrameFormat.of(50, 50, PixelFormat.BGR));
      }
      assertThat(stream.receiver.stats().badMessages()).isEqualTo(1);
      assertThat(stream.receiver.stats().dropped()).containsEntry(DropReason.UNDECODABLE, 1L);
    }
  }

  @Test
  void shouldReceiveUncompressedFramesWhole() {
    try (Stream stream =
        Stream.open(
            "memory", "pair", sender -> sender.uncompressed(), receiver -> receiver.scale(2))) {
      try (ReceivedFrame received = stream.exchange(PICTURE, null)) {
        assertThat(received.frame().format()).isEqualTo(PICTURE.format());
      }
    }
  }
}
