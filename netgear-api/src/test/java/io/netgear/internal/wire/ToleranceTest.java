package io.netgear.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.ElementType;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Incoming;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no reason to refuse a message. */
class ToleranceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"compression\":{\"dct\":true,\"ups\":false,\"colorspace\":\"BGR\"}}",
        "\n {\t\"compression\" :\r\n{ \"colorspace\":\"BGR\" , \"dct\":true } }  \n",
        "{\"compression\": {\"dct\": true, \"colorspace\": \"BGR\", \"quality\": 90}, \"later\": {\"a\": [1, {}]}}",
        "{\"shape\": null, \"dtype\": null, \"message\": null, \"compression\": {\"dct\": true, \"colorspace\": \"BGR\"}}",
        "{\"compression\": {\"dct\": true, \"colorspace\": \"BGR\"}, \"pattern\": {\"odd\": [1]}, \"netgear\": {}}",
        "{\"compression\": {\"dct\": true, \"colorspace\": \"BGR\"}, \"port\": null, \"netgear\": {\"later\": [{}]}}"
      })
  void shouldAcceptFrameWithKeysMissingUnknownOrInAnotherOrder(String header) {
    FrameHeader read = Wire.frame(Wire.message(header, "jpeg")).header();

    assertThat(read)
        .isEqualTo(
            new FrameHeader(Wire.JPEG, null, "", null, -1, -1, "", FrameHeader.UNKNOWN_OFFSET));
  }

  @ParameterizedTest
  @CsvSource({
    "uint8,UINT8",
    "|u1,UINT8",
    "u1,UINT8",
    "|b1,BOOL",
    "?,BOOL",
    "bool,BOOL",
    "<f4,FLOAT32",
    "=f8,FLOAT64",
    "f2,FLOAT16",
    "<u2,UINT16",
    "<i2,INT16",
    "<u4,UINT32",
    "<i4,INT32",
    "<u8,UINT64",
    "<i8,INT64",
    "|i1,INT8",
    ">u1,UINT8"
  })
  void shouldKnowNumpysSpellingsOfTypes(String dtype, ElementType type) {
    String header = "{\"compression\": false, \"dtype\": \"" + dtype + "\", \"shape\": [2]}";

    Encoding encoding =
        Wire.frame(Wire.message(header, "x".repeat(2 * type.bytes()))).header().encoding();

    assertThat(encoding).isEqualTo(Encoding.raw(FrameFormat.array(type, 2)));
  }

  @Test
  void shouldLeavePixelFormatOfPythonsArraysOpen() {
    String header = "{\"compression\": false, \"dtype\": \"uint8\", \"shape\": [1, 2, 3]}";

    Encoding encoding = Wire.frame(Wire.message(header, "pixels")).header().encoding();

    assertThat(encoding.colorSpace()).isNull();
    assertThat(encoding.array()).isEqualTo(FrameFormat.array(ElementType.UINT8, 1, 2, 3));
    assertThat(encoding.array().isPicture()).isFalse();
  }

  @Test
  void shouldRestorePixelFormatOfOurPictures() {
    String header =
        "{\"compression\": false, \"dtype\": \"uint8\", \"shape\": [1, 2, 3], \"netgear\": {\"pix\": \"RGB\"}}";

    assertThat(Wire.frame(Wire.message(header, "pixels")).header().encoding())
        .isEqualTo(Encoding.raw(FrameFormat.of(2, 1, PixelFormat.RGB)));
  }

  @Test
  void shouldKeepPortsAsTheyAreWritten() {
    assertThat(Wire.FORMAT.parse(Wire.message("{\"port\":\"7590\",\"terminate_flag\":true}")))
        .isEqualTo(new Incoming.Goodbye("7590"));
    assertThat(Wire.FORMAT.parse(Wire.message("{\"port\":7590,\"terminate_flag\":true}")))
        .isEqualTo(new Incoming.Goodbye(7590));
  }

  @Test
  void shouldTakeGoodbyeForWhatItIsWhateverComesWithIt() {
    String header =
        "{\"terminate_flag\": true, \"compression\": false, \"dtype\": \"uint8\", \"shape\": [9]}";

    assertThat(Wire.FORMAT.parse(Wire.message(header, "pixels")))
        .isEqualTo(new Incoming.Goodbye(null));
  }

  @Test
  void shouldReadEveryJsonType() {
    assertThat(Wire.messageOf("[null, true, false, \"\", 0, -1, 1.5, 1e2, {\"a\": []}]"))
        .isEqualTo(
            Arrays.asList(null, true, false, "", 0L, -1L, 1.5, 100.0, Map.of("a", List.of())));
    assertThat(Wire.messageOf("[NaN, Infinity, -Infinity]"))
        .isEqualTo(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    assertThat(Wire.messageOf("[9223372036854775807, 9223372036854775808]"))
        .isEqualTo(List.of(Long.MAX_VALUE, new BigInteger("9223372036854775808")));
    assertThat(Wire.messageOf("1e999")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Wire.messageOf("\"\\ud83d\\ude00 \\udead\"")).isEqualTo("\ud83d\ude00 \udead");
    assertThat(Wire.messageOf("\"\u20ac\ud83d\ude00\"")).isEqualTo("\u20ac\ud83d\ude00");
  }

  @Test
  void shouldTakeTheLaterOfTwoEqualKeysAsPythonDoes() {
    assertThat(Wire.messageOf("{\"a\": 1, \"a\": 2}")).isEqualTo(Map.of("a", 2L));
    assertThat(
            Wire.FORMAT.parse(
                Wire.message("{\"terminate_flag\": false, \"terminate_flag\": true}")))
        .isEqualTo(new Incoming.Goodbye(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Data received on device: 70FPJW3G !",
        "Termination signal successfully received at Client's end!",
        "anything at all",
        "Data received on device: 70FPJW3G ! seq=",
        "Data received on device: 70FPJW3G ! seq=-5",
        "Data received on device: 70FPJW3G ! seq=12x",
        "Data received on device: 70FPJW3G ! seq=99999999999999999999999",
        "Data received on device: 70FPJW3G ! rx=999999999999999999"
      })
  void shouldTakeAnyTextForAnAcknowledgement(String text) {
    assertThat(Wire.FORMAT.parseAnswer(Wire.message(text), AnswerStyle.PLAIN))
        .isEqualTo(Answer.acknowledgement(-1, -1, -1));
  }

  @Test
  void shouldReadOurNumbersBehindAnAcknowledgement() {
    assertThat(
            Wire.FORMAT.parseAnswer(
                Wire.message("Data received on device: 70FPJW3G ! seq=12 rx=1000 tx=2000 later=3"),
                AnswerStyle.PLAIN))
        .isEqualTo(Answer.acknowledgement(12, 1_000, 2_000));
  }

  @Test
  void shouldReadAnswersOfPython() {
    Answer value =
        Wire.FORMAT.parseAnswer(
            Wire.message("{\"port\": \"5556\", \"return_type\": \"tuple\", \"data\": [1, 2]}"),
            AnswerStyle.DATA);
    Answer nothing =
        Wire.FORMAT.parseAnswer(
            Wire.message("{\"return_type\": \"NoneType\", \"data\": null}"), AnswerStyle.DATA);
    Answer frame =
        Wire.FORMAT.parseAnswer(
            Wire.message(
                "{\"return_type\": \"ndarray\", \"compression\": false, \"array_dtype\": \"uint8\","
                    + " \"array_shape\": [2, 3], \"data\": null}",
                "pixels"),
            AnswerStyle.DATA);

    assertThat(value).isEqualTo(new Answer(List.of(1L, 2L), null, null, "5556", -1, -1, -1));
    assertThat(nothing).isEqualTo(Answer.acknowledgement(-1, -1, -1));
    assertThat(frame.encoding()).isEqualTo(Wire.RAW);
    assertThat(frame.payload().bytes().remaining()).isEqualTo(6);
  }
}
