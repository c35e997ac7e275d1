package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.ElementType;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.WireFormatException;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Incoming;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

@LeakChecked
class PlainWireTest {
  private final PlainWire wire = new PlainWire();

  @Test
  void shouldReadTheFramesThatItWrites(LeakCheckingPool pool) {
    List<Encoding> encodings =
        List.of(
            Encoding.jpeg(PixelFormat.BGR, true, false),
            Encoding.raw(FrameFormat.of(3, 2, PixelFormat.GRAY)),
            Encoding.raw(FrameFormat.array(ElementType.FLOAT32, 2, 3, 4)));
    for (Encoding encoding : encodings) {
      FrameHeader header =
          new FrameHeader(encoding, "naïve = text", "pair", 5555L, 7, 8, "id", -9, 6);
      PooledBuffer payload = pool.acquire(5);
      try (Message message = wire.frame(header, payload)) {
        Incoming.FrameArrived arrived = (Incoming.FrameArrived) wire.parse(message);
        assertThat(arrived.header().message()).isEqualTo("naïve = text");
        assertThat(arrived.header().port()).isEqualTo(5555L);
        assertThat(arrived.header().sequence()).isEqualTo(7);
        assertThat(arrived.header().encoding().format()).isEqualTo(encoding.format());
        assertThat(arrived.header().encoding().colorSpace()).isEqualTo(encoding.colorSpace());
        assertThat(arrived.header().encoding().fastDct()).isEqualTo(encoding.fastDct());
        if (encoding.array() != null) {
          assertThat(arrived.header().encoding().array().elementType())
              .isEqualTo(encoding.array().elementType());
          assertThat(arrived.header().encoding().array().packedSize())
              .isEqualTo(encoding.array().packedSize());
        }
        assertThat(arrived.payload()).isSameAs(payload);
        arrived.payload().release();
      }
    }
  }

  @Test
  void shouldReadTheAnswersThatItWrites() {
    try (Message message =
        wire.answer(new Answer("d", null, null, "p", 3, 4, 5), AnswerStyle.DATA)) {
      assertThat(wire.parseAnswer(message, AnswerStyle.DATA))
          .isEqualTo(new Answer("d", null, null, "p", 3, 4, 5));
    }
    try (Message message = wire.badMessageAnswer(AnswerStyle.PLAIN, null)) {
      assertThat(wire.parseAnswer(message, AnswerStyle.PLAIN).sequence()).isEqualTo(-1);
    }
    try (Message message = wire.goodbye("5555", 7)) {
      assertThat(wire.parse(message)).isEqualTo(new Incoming.Goodbye("5555", 7));
    }
  }

  @Test
  void shouldRefuseWhatItDidNotWrite() {
    List<byte[]> nonsense =
        List.of(
            new byte[0],
            new byte[] {(byte) 0xFF, (byte) 0xFE},
            "hello".getBytes(StandardCharsets.UTF_8),
            "frame\nsequence=n1".getBytes(StandardCharsets.UTF_8),
            "frame\nsequence".getBytes(StandardCharsets.UTF_8),
            "answer\nsequence=nX".getBytes(StandardCharsets.UTF_8),
            "answer\nsequence=x1".getBytes(StandardCharsets.UTF_8));
    for (byte[] bytes : nonsense) {
      try (Message message = Message.of(bytes)) {
        assertThatThrownBy(() -> wire.parse(message)).isInstanceOf(WireFormatException.class);
        assertThatThrownBy(() -> wire.parseAnswer(message, AnswerStyle.PLAIN))
            .isInstanceOf(WireFormatException.class);
      }
    }
  }
}
