package io.netgear.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netgear.WireFormatException;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Incoming;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes stand where a message's JSON does: they are read, as a frame or an answer, or
 * refused with a WireFormatException that a log line can show, and nothing else happens.
 *
 * <p>An input is the JSON, as it is on the wire. A build tries the kept ones, and {@code
 * build-tools/fuzz} new ones.
 */
class WireFuzzTest {
  private static final int PAYLOAD = 6;
  private static final int LONGEST_MESSAGE = 500;
  private static final String REFUSED = "refused";

  @FuzzTest
  void shouldReadOrRefuseWhateverComes(byte[] header) {
    // a blank behind a header changes nothing but that a parser of its own reads it
    byte[] blankBehind = Arrays.copyOf(header, header.length + 1);
    blankBehind[header.length] = ' ';

    assertThat(understood(blankBehind)).isEqualTo(understood(header));
  }

  /** As a frame, and as answers of all styles. */
  private static List<String> understood(byte[] header) {
    PooledBuffer payload = Wire.payload(PAYLOAD);
    List<String> found = new ArrayList<>();
    try (Message message = Message.of(PooledBuffer.unpooled(ByteBuffer.wrap(header)), payload)) {
      found.add(frame(message));
      for (AnswerStyle style : AnswerStyle.values()) {
        found.add(answer(message, style));
      }
    }
    assertReleased(payload);
    return found;
  }

  private static String frame(Message message) {
    try {
      Incoming incoming = Wire.FORMAT.parse(message);
      if (incoming instanceof Incoming.FrameArrived frame) {
        String header = frame.header().toString();
        frame.payload().release();
        return header;
      }
      return incoming.toString();
    } catch (WireFormatException e) {
      return refusal(e);
    }
  }

  private static String answer(Message message, AnswerStyle style) {
    try {
      Answer answer = Wire.FORMAT.parseAnswer(message, style);
      String found =
          Stream.of(
                  answer.data(),
                  answer.encoding(),
                  answer.port(),
                  answer.sequence(),
                  answer.receivedMicros(),
                  answer.leaving())
              .map(String::valueOf)
              .collect(Collectors.joining(" "));
      answer.release();
      return found;
    } catch (WireFormatException e) {
      return refusal(e);
    }
  }

  private static String refusal(WireFormatException e) {
    assertThat(e.getMessage()).hasSizeLessThan(LONGEST_MESSAGE).doesNotContainPattern("\\p{Cntrl}");
    return REFUSED;
  }

  /** Every owner has let go, whichever way it went. */
  private static void assertReleased(PooledBuffer payload) {
    assertThatThrownBy(payload::bytes).isInstanceOf(IllegalStateException.class);
  }

  private static Map<String, Message> own() {
    Map<String, Message> messages = new LinkedHashMap<>();
    messages.put("frame-jpeg", frame(Wire.JPEG, Map.of("camera", List.of(1, 2.5, "é"))));
    messages.put("frame-raw", frame(Wire.RAW, null));
    messages.put("goodbye", Wire.FORMAT.goodbye(7590, -1));
    messages.put(
        "answer-data",
        Wire.FORMAT.answer(new Answer(Map.of("n", 0), null, null, 1, 2, 3, 4), AnswerStyle.DATA));
    messages.put(
        "answer-frame",
        Wire.FORMAT.answer(
            new Answer(null, Wire.RAW, Wire.payload(PAYLOAD), null, 2, 3, 4), AnswerStyle.DATA));
    messages.put(
        "answer-plain", Wire.FORMAT.answer(Answer.acknowledgement(12, 13, 14), AnswerStyle.PLAIN));
    return messages;
  }

  private static Message frame(Encoding encoding, Object message) {
    return Wire.FORMAT.frame(
        new FrameHeader(encoding, message, "1", "5556", 7, 8, "cam", -9), Wire.payload(PAYLOAD));
  }

  /** Or else the fuzzer would begin with what is refused, and tell nothing. */
  @Test
  void shouldKeepAmongTheInputsWhatThisEndWrites() throws IOException {
    for (Map.Entry<String, Message> each : own().entrySet()) {
      byte[] kept = kept(each.getKey());
      try (Message message = each.getValue()) {
        assertThat(new String(kept, StandardCharsets.ISO_8859_1))
            .as(each.getKey())
            .isEqualTo(Wire.text(message, 0));
      }
      assertThat(understood(kept)).as(each.getKey()).anyMatch(found -> !found.equals(REFUSED));
    }
  }

  private static byte[] kept(String name) throws IOException {
    String at = "WireFuzzTestInputs/shouldReadOrRefuseWhateverComes/" + name;
    try (InputStream file = WireFuzzTest.class.getResourceAsStream(at)) {
      assertThat(file).as(at).isNotNull();
      return file.readAllBytes();
    }
  }
}
