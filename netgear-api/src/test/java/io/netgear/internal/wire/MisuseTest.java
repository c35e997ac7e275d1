package io.netgear.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an application may not send: refused at the sender, with the place where it was found. */
class MisuseTest {
  @Test
  void shouldRefuseFrameAsMessage() {
    Frame frame = Frame.allocate(FrameFormat.of(1, 1, PixelFormat.BGR));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> send(frame))
        .withMessageStartingWith("message is of type io.netgear.Frame.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> send(Map.of("pictures", List.of(1, frame))))
        .withMessageStartingWith("message.pictures[1] is of type io.netgear.Frame.");
  }

  @Test
  void shouldRefuseWhatJsonHasNoFormFor() {
    Map<Object, Object> numbered = new HashMap<>();
    numbered.put(1, "one");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> send(List.of(numbered)))
        .withMessageContaining("message[0] has a key of type java.lang.Integer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> send(new char[1]))
        .withMessageContaining("of type [C");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> send(new java.util.concurrent.atomic.AtomicLong()))
        .withMessageContaining("AtomicLong");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> send(BigInteger.TEN.pow(1000)))
        .withMessageContaining("a number of 1001 characters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> send(Map.of("half \udead", 1)))
        .withMessageContaining("half of a surrogate pair");
  }

  @Test
  void shouldRefuseListThatContainsItself() {
    List<Object> list = new ArrayList<>();
    list.add(list);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> send(list))
        .withMessageContaining("does it contain itself?");
  }

  @Test
  void shouldAcceptExactlyTheDepthThatReceiversRead() {
    Object deepest = 1L;
    for (int depth = 1; depth < Json.MAX_DEPTH; depth++) {
      deepest = List.of(deepest);
    }
    Object tooDeep = List.of(deepest);

    assertThat(
            Wire.frame(Wire.FORMAT.frame(Wire.header(Wire.JPEG, deepest), Wire.payload(1)))
                .header()
                .message())
        .isEqualTo(deepest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> send(tooDeep))
        .withMessageContaining("levels deep");
  }

  @Test
  void shouldRefuseHeaderLargerThanReceiversAccept() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> send("x".repeat(Json.MAX_BYTES)))
        .withMessageContaining("more than 1048576 bytes");
    String most = "x".repeat(Json.MAX_BYTES - 200);
    assertThat(
            Wire.frame(Wire.FORMAT.frame(Wire.header(Wire.JPEG, most), Wire.payload(1)))
                .header()
                .message())
        .isEqualTo(most);
  }

  @Test
  void shouldRefuseNamesThatAreTooLong() {
    FrameHeader longName = new FrameHeader(Wire.JPEG, null, "1", null, 0, 0, "x".repeat(256), 0);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Wire.FORMAT.frame(longName, Wire.payload(1)))
        .withMessageContaining("at most 255 characters");
  }

  @Test
  void shouldRefuseEncodingThatCouldNotBeRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Wire.text(Wire.header(new Encoding(Encoding.RAW, null, null, false, false), null)))
        .withMessageContaining("element type and shape");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Wire.text(Wire.header(new Encoding(Encoding.JPEG, null, null, false, false), null)))
        .withMessageContaining("colour space");
  }

  @Test
  void shouldGivePayloadBackWhenHeaderIsRefused() {
    PooledBuffer payload = Wire.payload(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Wire.FORMAT.frame(Wire.header(Wire.JPEG, new Object()), payload));

    assertThatIllegalStateException().isThrownBy(payload::bytes);
  }

  @Test
  void shouldRefuseDataInPlainAcknowledgement() {
    Answer data = new Answer("x", null, null, null, -1, -1, -1);
    PooledBuffer payload = Wire.payload(1);
    Answer both = new Answer("x", Wire.JPEG, payload, null, -1, -1, -1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Wire.FORMAT.answer(data, AnswerStyle.PLAIN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Wire.FORMAT.answer(both, AnswerStyle.DATA));
    assertThatIllegalStateException().isThrownBy(payload::bytes);
  }

  @Test
  void shouldRefuseDeviceIdThatNoPythonPeerHas() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PythonWireFormat("short"));
    assertThat(Wire.text(new PythonWireFormat().badMessageAnswer(AnswerStyle.PLAIN, null), 0))
        .matches("Data received on device: [A-Z0-9]{8} !");
  }

  private static void send(Object message) {
    Wire.FORMAT.frame(Wire.header(Wire.JPEG, message), Wire.payload(1));
  }
}
