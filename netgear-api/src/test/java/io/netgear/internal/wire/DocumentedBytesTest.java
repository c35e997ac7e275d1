package io.netgear.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.netgear.spi.Answer;
import io.netgear.spi.Incoming;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes that docs/wire-format.md shows are the ones that are read and written. */
class DocumentedBytesTest {
  private static final int PICTURE_BYTES = 240 * 320 * 3;

  static Stream<String> headers() throws IOException {
    return lines().filter(line -> line.startsWith("{\""));
  }

  static Stream<String> texts() throws IOException {
    return lines().filter(line -> line.matches("(Data received on|Termination signal).*!.*"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void shouldWriteBackWhatItReadInTheDocumentation(String header) {
    assertThat(Wire.text(writtenBack(header), 0)).isEqualTo(header);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void shouldAnswerInTheWordsOfTheDocumentation(String text) {
    Answer answer = Wire.FORMAT.parseAnswer(Wire.message(text), AnswerStyle.PLAIN);

    assertThat(text)
        .isIn(
            Wire.text(Wire.FORMAT.answer(answer, AnswerStyle.PLAIN), 0),
            Wire.text(Wire.FORMAT.goodbyeAnswer(false), 0),
            Wire.text(Wire.FORMAT.goodbyeAnswer(true), 0));
  }

  private static Message writtenBack(String header) {
    if (header.contains("\"return_type\"")) {
      Message answer = header.contains("\"ndarray\"") ? withPicture(header) : Wire.message(header);
      return Wire.FORMAT.answer(
          Wire.FORMAT.parseAnswer(answer, AnswerStyle.DATA), AnswerStyle.DATA);
    }
    Incoming incoming = Wire.FORMAT.parse(withPicture(header));
    if (incoming instanceof Incoming.FrameArrived frame) {
      return Wire.FORMAT.frame(frame.header(), frame.payload());
    } else if (incoming instanceof Incoming.Goodbye goodbye) {
      return Wire.FORMAT.goodbye(goodbye.port(), goodbye.life());
    }
    return fail("Neither a frame nor a goodbye: " + header);
  }

  private static Message withPicture(String header) {
    return Message.of(
        PooledBuffer.unpooled(ByteBuffer.wrap(header.getBytes(StandardCharsets.UTF_8))),
        Wire.payload(PICTURE_BYTES));
  }

  private static Stream<String> lines() throws IOException {
    Path page = Path.of("docs/wire-format.md");
    List<String> lines =
        Files.readAllLines(Files.exists(page) ? page : Path.of("..").resolve(page));
    assertThat(lines).hasSizeGreaterThan(100);
    return lines.stream();
  }
}
