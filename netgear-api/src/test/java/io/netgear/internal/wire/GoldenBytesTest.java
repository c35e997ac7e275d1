package io.netgear.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.ElementType;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Incoming;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every form of message, with its bytes as they were seen between two Python peers. */
class GoldenBytesTest {
  private static final String JPEG_START =
      "{\"terminate_flag\": false, \"compression\": {\"dct\": true, \"ups\": false, \"colorspace\": \"BGR\"}, \"message\": ";

  @Test
  void shouldWriteCompressedFrameAsPythonDoes() {
    PooledBuffer payload = Wire.payload(6);

    Message message = Wire.FORMAT.frame(Wire.header(Wire.JPEG, null), payload);

    assertThat(Wire.text(message, 0))
        .isEqualTo(
            "{\"terminate_flag\": false, \"compression\": {\"dct\": true, \"ups\": false, \"colorspace\": \"BGR\"},"
                + " \"message\": null, \"pattern\": \"1\", \"dtype\": \"\", \"shape\": \"\"}");
    assertThat(message.parts()).isEqualTo(2);
    assertThat(message.part(1)).isSameAs(payload.bytes());
  }

  @Test
  void shouldWriteUncompressedFrameAsPythonDoes() {
    Encoding raw = Encoding.raw(FrameFormat.array(ElementType.UINT8, 240, 320, 3));

    assertThat(Wire.text(Wire.header(raw, null)))
        .isEqualTo(
            "{\"terminate_flag\": false, \"compression\": false, \"message\": null, \"pattern\": \"1\","
                + " \"dtype\": \"uint8\", \"shape\": [240, 320, 3]}");
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void shouldNameElementTypesAsNumpyDoes(ElementType type) {
    Encoding raw = Encoding.raw(FrameFormat.array(type, 4, 5));

    assertThat(Wire.text(Wire.header(raw, null)))
        .endsWith("\"dtype\": \"" + type.numpyName() + "\", \"shape\": [4, 5]}");
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void shouldNameColourSpacesAsPythonDoes(PixelFormat format) {
    assertThat(Wire.text(Wire.header(Encoding.jpeg(format, false, true), null)))
        .contains("{\"dct\": false, \"ups\": true, \"colorspace\": \"" + format + "\"}");
  }

  @Test
  void shouldPutPortFirstInMultiServerMode() {
    assertThat(Wire.text(withPort("7590")))
        .startsWith("{\"port\": \"7590\", \"terminate_flag\": false, ");
    assertThat(Wire.text(withPort(7590)))
        .startsWith("{\"port\": 7590, \"terminate_flag\": false, ");
  }

  @Test
  void shouldEndWithOurOwnKeyForWhatPythonHasNoPlaceFor() {
    FrameHeader header =
        new FrameHeader(
            Wire.JPEG,
            null,
            "0",
            null,
            12,
            1_700_000_000_000_000L,
            "cam",
            -250,
            1_600_000_000_000_000L);

    assertThat(Wire.text(header))
        .endsWith(
            "\"shape\": \"\", \"netgear\": {\"seq\": 12, \"sent\": 1700000000000000, \"id\": \"cam\", \"clk\": -250, \"life\": 1600000000000000}}");
  }

  @Test
  void shouldNamePixelFormatOfUncompressedPictures() {
    Encoding raw = Encoding.raw(FrameFormat.of(2, 1, PixelFormat.RGB));

    assertThat(Wire.text(Wire.header(raw, null)))
        .endsWith("\"dtype\": \"uint8\", \"shape\": [1, 2, 3], \"netgear\": {\"pix\": \"RGB\"}}");
  }

  @Test
  void shouldNameFormatOfOtherCodecs() {
    Encoding other = new Encoding("webp", PixelFormat.BGR, null, false, false);

    assertThat(Wire.text(Wire.header(other, null)))
        .contains("\"compression\": {\"dct\": false, \"ups\": false, \"colorspace\": \"BGR\"}")
        .endsWith("\"dtype\": \"\", \"shape\": \"\", \"netgear\": {\"fmt\": \"webp\"}}");
  }

  @Test
  void shouldEscapeTextAsPythonDoes() {
    assertThat(messageText("é/\"\\\b\f\n\r\t\u0001\u007f\u20ac\ud83d\ude00"))
        .isEqualTo("\"\\u00e9/\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u007f\\u20ac\\ud83d\\ude00\"");
    assertThat(messageText("half \udead")).isEqualTo("\"half \\udead\"");
  }

  @Test
  void shouldWriteEveryJsonType() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("none", null);
    map.put("yes", true);
    map.put(
        "list", Arrays.asList(1, (short) 2, (byte) 3, 4L, new BigInteger("18446744073709551616")));
    map.put("empty", Map.of());
    map.put("no elements", List.of());

    assertThat(messageText(map))
        .isEqualTo(
            "{\"none\": null, \"yes\": true, \"list\": [1, 2, 3, 4, 18446744073709551616], \"empty\": {},"
                + " \"no elements\": []}");
    assertThat(messageText(new int[][] {{1, 2}, {}})).isEqualTo("[[1, 2], []]");
    assertThat(messageText(new String[] {"a", null})).isEqualTo("[\"a\", null]");
    assertThat(messageText(new boolean[] {true})).isEqualTo("[true]");
    assertThat(messageText(Collections.singleton(0))).isEqualTo("[0]");
  }

  @Test
  void shouldWriteFloatsAsPythonDoes() {
    double[] values = {
      1, 0.1, -0.0, 1e15, 1e16, 1e-4, 1e-5, 123456.75, 1.7976931348623157e308, Double.MIN_VALUE
    };

    assertThat(messageText(values))
        .isEqualTo(
            "[1.0, 0.1, -0.0, 1000000000000000.0, 1e+16, 0.0001, 1e-05, 123456.75, 1.7976931348623157e+308, 5e-324]");
    assertThat(
            messageText(
                new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}))
        .isEqualTo("[NaN, Infinity, -Infinity]");
    assertThat(messageText(0.1f)).isEqualTo("0.1");
    assertThat(messageText(new BigDecimal("12.50"))).isEqualTo("12.50");
  }

  @Test
  void shouldSayGoodbyeAsPythonDoes() {
    assertThat(Wire.text(Wire.FORMAT.goodbye(null, -1), 0)).isEqualTo("{\"terminate_flag\": true}");
    assertThat(Wire.text(Wire.FORMAT.goodbye("7590", -1), 0))
        .isEqualTo("{\"terminate_flag\": true, \"port\": \"7590\"}");
    assertThat(Wire.FORMAT.goodbye(7590, -1).parts()).isEqualTo(1);
    assertThat(Wire.text(Wire.FORMAT.goodbye(null, 7), 0))
        .isEqualTo("{\"terminate_flag\": true, \"netgear\": {\"life\": 7}}");
  }

  @Test
  void shouldAnswerGoodbyeAsPythonDoes() {
    assertThat(Wire.text(Wire.FORMAT.goodbyeAnswer(false), 0))
        .isEqualTo("Termination signal successfully received at Client's end!");
    assertThat(Wire.text(Wire.FORMAT.goodbyeAnswer(true), 0))
        .isEqualTo("Termination signal successfully received at client!");
  }

  @Test
  void shouldAcknowledgeAsPythonDoesWithOurNumbersBehind() {
    assertThat(plain(Answer.acknowledgement(-1, -1, -1)))
        .isEqualTo("Data received on device: 70FPJW3G !");
    assertThat(plain(Answer.acknowledgement(12, 1_000, 2_000)))
        .isEqualTo("Data received on device: 70FPJW3G ! seq=12 rx=1000 tx=2000");
  }

  @Test
  void shouldReturnNothingAsPythonDoes() {
    assertThat(data(null, null)).isEqualTo("{\"return_type\": \"NoneType\", \"data\": null}");
    assertThat(data(null, "5556"))
        .isEqualTo("{\"port\": \"5556\", \"return_type\": \"NoneType\", \"data\": null}");
  }

  @Test
  void shouldReturnValuesUnderPythonsTypeNames() {
    assertThat(data(Map.of("n", 0), null))
        .isEqualTo("{\"return_type\": \"dict\", \"data\": {\"n\": 0}}");
    assertThat(data("x", null)).isEqualTo("{\"return_type\": \"str\", \"data\": \"x\"}");
    assertThat(data(List.of(1), null)).isEqualTo("{\"return_type\": \"list\", \"data\": [1]}");
    assertThat(data(7, 5556)).isEqualTo("{\"port\": 5556, \"return_type\": \"int\", \"data\": 7}");
    assertThat(data(BigInteger.TEN, null)).isEqualTo("{\"return_type\": \"int\", \"data\": 10}");
    assertThat(data(0.5, null)).isEqualTo("{\"return_type\": \"float\", \"data\": 0.5}");
    assertThat(data(false, null)).isEqualTo("{\"return_type\": \"bool\", \"data\": false}");
  }

  @Test
  void shouldReturnCompressedFrameAsPythonDoes() {
    assertThat(frameAnswer(Wire.JPEG, null))
        .isEqualTo(
            "{\"return_type\": \"ndarray\", \"compression\": {\"dct\": true, \"ups\": false, \"colorspace\": \"BGR\"},"
                + " \"array_dtype\": \"\", \"array_shape\": \"\", \"data\": null}");
  }

  @Test
  void shouldReturnUncompressedFrameAsPythonDoes() {
    Encoding raw = Encoding.raw(FrameFormat.array(ElementType.UINT8, 240, 320, 3));

    assertThat(frameAnswer(raw, "5556"))
        .isEqualTo(
            "{\"port\": \"5556\", \"return_type\": \"ndarray\", \"compression\": false, \"array_dtype\": \"uint8\","
                + " \"array_shape\": [240, 320, 3], \"data\": null}");
  }

  @Test
  void shouldAppendOurNumbersToAnswersWithData() {
    Message message =
        Wire.FORMAT.answer(new Answer(7, null, null, null, 3, 10, 20), AnswerStyle.DATA);

    assertThat(Wire.text(message, 0))
        .isEqualTo(
            "{\"return_type\": \"int\", \"data\": 7, \"netgear\": {\"seq\": 3, \"rx\": 10, \"tx\": 20}}");
  }

  @Test
  void shouldAnswerBadMessageWithAnAcknowledgementOfNoFrame() {
    assertThat(Wire.text(Wire.FORMAT.badMessageAnswer(AnswerStyle.PLAIN, null), 0))
        .isEqualTo("Data received on device: 70FPJW3G !");
    assertThat(Wire.text(Wire.FORMAT.badMessageAnswer(AnswerStyle.DATA, "5556"), 0))
        .isEqualTo("{\"port\": \"5556\", \"return_type\": \"NoneType\", \"data\": null}");
  }

  @Test
  void shouldReadWhatPythonWrites() {
    Incoming.FrameArrived jpeg =
        Wire.frame(
            Wire.message(
                "{\"port\": \"7590\", \"terminate_flag\": false, \"compression\": {\"dct\": true, \"ups\": false,"
                    + " \"colorspace\": \"BGR\"}, \"message\": {\"n\": 1}, \"pattern\": \"1\", \"dtype\": \"\","
                    + " \"shape\": \"\"}",
                "jpeg"));
    Incoming.FrameArrived raw =
        Wire.frame(
            Wire.message(
                "{\"terminate_flag\": false, \"compression\": false, \"message\": null, \"pattern\": \"1\","
                    + " \"dtype\": \"uint8\", \"shape\": [2, 3]}",
                "pixels"));

    assertThat(jpeg.header())
        .isEqualTo(
            new FrameHeader(
                Wire.JPEG, Map.of("n", 1L), "1", "7590", -1, -1, "", FrameHeader.UNKNOWN_OFFSET));
    assertThat(raw.header()).isEqualTo(Wire.header(Wire.RAW, null));
    assertThat(Wire.FORMAT.parse(Wire.message("{\"terminate_flag\": true}")))
        .isEqualTo(new Incoming.Goodbye(null));
    assertThat(Wire.FORMAT.parse(Wire.message("{\"terminate_flag\": true, \"port\": \"7590\"}")))
        .isEqualTo(new Incoming.Goodbye("7590"));
  }

  private static FrameHeader withPort(Object port) {
    return new FrameHeader(Wire.JPEG, null, "1", port, -1, -1, "", FrameHeader.UNKNOWN_OFFSET);
  }

  private static String messageText(Object message) {
    String header = Wire.text(Wire.header(Wire.JPEG, message));
    String end = ", \"pattern\": \"1\", \"dtype\": \"\", \"shape\": \"\"}";
    assertThat(header).startsWith(JPEG_START).endsWith(end);
    return header.substring(JPEG_START.length(), header.length() - end.length());
  }

  private static String plain(Answer answer) {
    return Wire.text(Wire.FORMAT.answer(answer, AnswerStyle.PLAIN), 0);
  }

  private static String data(Object data, Object port) {
    Message message =
        Wire.FORMAT.answer(new Answer(data, null, null, port, -1, -1, -1), AnswerStyle.DATA);
    assertThat(message.parts()).isEqualTo(1);
    return Wire.text(message, 0);
  }

  private static String frameAnswer(Encoding encoding, Object port) {
    PooledBuffer payload = Wire.payload(6);
    Message message =
        Wire.FORMAT.answer(new Answer(null, encoding, payload, port, -1, -1, -1), AnswerStyle.DATA);
    assertThat(message.part(1)).isSameAs(payload.bytes());
    return Wire.text(message, 0);
  }
}
