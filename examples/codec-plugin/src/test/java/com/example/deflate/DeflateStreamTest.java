package com.example.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.Jpeg;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.ProviderInfo;
import io.netgear.Receipt;
import io.netgear.ReceivedFrame;
import io.netgear.spi.Encoding;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The codec in a stream: the sender asks for it by name, the receiver follows the messages. */
class DeflateStreamTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void shouldBeFoundAmongTheProviders() {
    assertThat(NetGear.providers())
        .filteredOn(found -> found.kind() == ProviderInfo.Kind.CODEC)
        .filteredOn(ProviderInfo::usable)
        .extracting(ProviderInfo::name)
        .contains("deflate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "memory"})
  void shouldStreamFramesWithoutLossToReceiverThatWasToldNothing(String transport) {
    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0")
                .transport(transport)
                .pattern("request-reply")
                .open();
        FrameSender sender = sender(transport, receiver)) {
      for (PixelFormat pixels : PixelFormat.values()) {
        Frame frame = speckled(FrameFormat.of(131, 67, pixels));

        try (ReceivedFrame received = exchange(() -> sender.send(frame), receiver)) {
          assertThat(received.encoding()).isEqualTo("deflate");
          assertThat(received.frame().format()).isEqualTo(frame.format());
          assertThat(bytes(received.frame())).isEqualTo(bytes(frame));
        }
      }
      assertThat(receiver.stats().totalDropped()).isZero();
      assertThat(sender.stats().payloadBytes())
          .as("bytes of payloads, for pictures of %d", sender.stats().frames() * 131 * 67)
          .isLessThan(sender.stats().frames() * 131 * 67);
    }
  }

  @Test
  void shouldBeLeftAndTakenUpAgainWhileTheStreamRuns() {
    Frame frame = speckled(FrameFormat.of(64, 48, PixelFormat.BGR));
    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0").pattern("request-reply").open();
        FrameSender sender = sender("zmq", receiver)) {
      assertThat(encodingOf(sender, receiver, frame)).isEqualTo("deflate");

      sender.uncompressed();
      assertThat(encodingOf(sender, receiver, frame)).isEqualTo(Encoding.RAW);

      sender.compression(Jpeg.defaults());
      assertThat(encodingOf(sender, receiver, frame)).isEqualTo("deflate");
    }
  }

  private static FrameSender sender(String transport, FrameReceiver receiver) {
    return NetGear.sender(receiver.addresses().get(0).toString())
        .transport(transport)
        .pattern("request-reply")
        .codec("deflate")
        .requestTimeout(LIMIT)
        .open();
  }

  private static String encodingOf(FrameSender sender, FrameReceiver receiver, Frame frame) {
    try (ReceivedFrame received = exchange(() -> sender.send(frame), receiver)) {
      assertThat(bytes(received.frame())).isEqualTo(bytes(frame));
      return received.encoding();
    }
  }

  private static ReceivedFrame exchange(Supplier<Receipt> send, FrameReceiver receiver) {
    CompletableFuture<Receipt> sending = CompletableFuture.supplyAsync(send);
    ReceivedFrame received = receiver.recv(LIMIT).orElseThrow();
    assertThat(sending.join().status()).isEqualTo(Receipt.Status.ACKNOWLEDGED);
    return received;
  }

  /** Mostly one value, with specks: nothing that JPEG could keep, and easy to deflate. */
  private static Frame speckled(FrameFormat format) {
    Frame frame = Frame.allocate(format);
    Random random = new Random(format.pixelFormat().ordinal());
    for (int i = 0; i < format.byteSize() / 50; i++) {
      frame.pixels().put(random.nextInt(format.byteSize()), (byte) random.nextInt());
    }
    return frame;
  }

  private static byte[] bytes(Frame frame) {
    byte[] bytes = new byte[frame.format().byteSize()];
    frame.pixels().get(0, bytes);
    return bytes;
  }
}
