package io.netgear.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netgear.WireFormatException;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What may come from a peer that is broken or hostile: each is refused with words that name it. */
class BadMessageTest {
  private static final String RAW = "{\"compression\": false, \"dtype\": \"uint8\", \"shape\": ";

  static Stream<Arguments> badFrames() {
    return Stream.of(
        arguments("hello", "no JSON that could be read"),
        arguments("", "empty"),
        arguments("[]", "a JSON list: expected a JSON object"),
        arguments("7", "a single JSON value"),
        arguments("{\"compression\": false", "no JSON"),
        arguments("{\"terminate_flag\": true} {}", "goes on behind the end"),
        arguments("{}", "'compression' is missing"),
        arguments("{\"compression\": true}", "'compression' is true"),
        arguments("{\"compression\": null}", "'compression' is null"),
        arguments("{\"compression\": [1]}", "'compression' is a list"),
        arguments("{\"compression\": \"jpeg\"}", "'compression' is 'jpeg'"),
        arguments("{\"compression\": {}}", "'compression.colorspace' is missing"),
        arguments(
            "{\"compression\": {\"colorspace\": \"YUV\"}}", "'YUV': expected one of [RGB, BGR,"),
        arguments("{\"compression\": {\"colorspace\": 3}}", "'compression.colorspace' is 3"),
        arguments(
            "{\"compression\": {\"colorspace\": \"BGR\", \"dct\": 1}}", "'compression.dct' is 1"),
        arguments(
            "{\"compression\": {\"colorspace\": \"BGR\", \"ups\": \"no\"}}",
            "'compression.ups' is 'no'"),
        arguments("{\"terminate_flag\": 1}", "'terminate_flag' is 1: expected true or false"),
        arguments("{\"terminate_flag\": null}", "'terminate_flag' is null"),
        arguments("{\"terminate_flag\": \"true\"}", "'terminate_flag' is 'true'"),
        arguments("{\"port\": 70000}", "'port' is 70000: expected a whole number from 0 to 65535"),
        arguments("{\"port\": -1}", "'port' is -1"),
        arguments("{\"port\": 5.5}", "'port' is 5.5"),
        arguments("{\"port\": [5555]}", "'port' is a list"),
        arguments(
            "{\"port\": \"" + "5".repeat(300) + "\"}",
            "'port' is '5555555555555555555555555555555555555555...'"),
        arguments("{\"compression\": false}", "'dtype' is missing"),
        arguments(
            "{\"compression\": false, \"dtype\": \"\", \"shape\": \"\"}",
            "'dtype' is missing or empty"),
        arguments("{\"compression\": false, \"dtype\": \"uint8\"}", "'shape' is missing"),
        arguments("{\"compression\": false, \"dtype\": 8, \"shape\": [1]}", "'dtype' is 8"),
        arguments(
            "{\"compression\": false, \"dtype\": \"complex64\", \"shape\": [1]}",
            "expected one of bool, uint8,"),
        arguments("{\"compression\": false, \"dtype\": \">f4\", \"shape\": [1]}", "big-endian"),
        arguments("{\"compression\": false, \"dtype\": \"<U1\", \"shape\": [1]}", "'<U1'"),
        arguments("{\"compression\": false, \"dtype\": \"<\", \"shape\": [1]}", "'<'"),
        arguments(RAW + "[]}", "1 to 4 dimensions"),
        arguments(RAW + "[1, 1, 1, 1, 6]}", "more than 4 sizes"),
        arguments(RAW + "[0]}", "'shape' is 0"),
        arguments(RAW + "[-2, -3]}", "'shape' is -2"),
        arguments(RAW + "[2.0, 3]}", "'shape' is 2.0"),
        arguments(RAW + "[[2, 3]]}", "'shape' is a list"),
        arguments(RAW + "\"[2, 3]\"}", "'shape' is '[2, 3]'"),
        arguments(RAW + "{\"h\": 2}}", "'shape' is an object"),
        arguments(RAW + "[2147483648]}", "'shape' is 2147483648"),
        arguments(RAW + "[2147483647]}", "one buffer of at most 2 GiB"),
        arguments(RAW + "[65536, 65536]}", "one buffer of at most 2 GiB"),
        arguments(RAW + "[2147483647, 2147483647, 2147483647, 2147483647]}", "2 GiB"),
        arguments(RAW + "[2, 4]}", "The second part has 6 bytes, but uint8[2, 4] has 8"),
        arguments(RAW + "[5]}", "The second part has 6 bytes"),
        arguments(RAW + "[2, 3], \"netgear\": {\"pix\": \"BGR\"}}", "'netgear.pix' is BGR"),
        arguments(RAW + "[2, 3], \"netgear\": {\"pix\": \"YUV\"}}", "'netgear.pix' is 'YUV'"),
        arguments(RAW + "[2, 3], \"netgear\": {\"fmt\": \"webp\"}}", "'netgear.fmt' is 'webp'"),
        arguments(RAW + "[2, 3], \"netgear\": 1}", "'netgear' is 1: expected an object"),
        arguments(RAW + "[2, 3], \"netgear\": {\"seq\": -1}}", "'netgear.seq' is -1"),
        arguments(RAW + "[2, 3], \"netgear\": {\"seq\": 9223372036854775807}}", "'netgear.seq'"),
        arguments(
            RAW + "[2, 3], \"netgear\": {\"seq\": 1" + "0".repeat(30) + "}}", "'netgear.seq'"),
        arguments(RAW + "[2, 3], \"netgear\": {\"seq\": 1e3}}", "'netgear.seq' is 1e3"),
        arguments(RAW + "[2, 3], \"netgear\": {\"seq\": NaN}}", "'netgear.seq' is NaN"),
        arguments(RAW + "[2, 3], \"netgear\": {\"sent\": 253402300800000000}}", "'netgear.sent'"),
        arguments(RAW + "[2, 3], \"netgear\": {\"clk\": -253402300800000000}}", "'netgear.clk'"),
        arguments(RAW + "[2, 3], \"netgear\": {\"clk\": null}}", "'netgear.clk' is null"),
        arguments(
            RAW + "[2, 3], \"netgear\": {\"id\": \"" + "x".repeat(256) + "\"}}",
            "at most 255 characters"),
        arguments(
            "{\"compression\": {\"colorspace\": \"BGR\"}, \"netgear\": {\"fmt\": \"raw\"}}",
            "'netgear.fmt' is 'raw'"),
        arguments(
            "{\"compression\": {\"colorspace\": \"BGR\"}, \"netgear\": {\"fmt\": \"\"}}",
            "'netgear.fmt' is ''"),
        arguments("{\"message\": " + "[".repeat(200) + "]".repeat(200) + "}", "nesting depth"),
        arguments(
            "{\"unknown\": " + "{\"a\":".repeat(200) + "1" + "}".repeat(200) + "}",
            "nesting depth"),
        arguments("{\"message\": " + "9".repeat(100_000) + "}", "Number value length"),
        arguments("{\"unknown\": 1." + "9".repeat(100_000) + "}", "Number value length"),
        arguments("{\"" + "k".repeat(20_000) + "\": 1}", "Name length"),
        arguments("{\"message\": \"\\ud8\"}", "no JSON"),
        arguments("{'terminate_flag': true}", "no JSON"));
  }

  @ParameterizedTest
  @MethodSource("badFrames")
  void shouldRefuseFrameAndSayWhy(String header, String why) {
    Message message = Wire.message(header, "pixels");

    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> Wire.FORMAT.parse(message))
        .withMessageContaining(why);
  }

  @Test
  void shouldRefuseFrameWithoutPayload() {
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> Wire.FORMAT.parse(Wire.message(RAW + "[2, 3]}")))
        .withMessageContaining("one part");
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> Wire.FORMAT.parse(Wire.message(RAW + "[2, 3]}", "")))
        .withMessageContaining("second part is empty");
  }

  @Test
  void shouldRefuseThirdPart() {
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> Wire.FORMAT.parse(Wire.message(RAW + "[2, 3]}", "pixels", "more")))
        .withMessageContaining("3 parts");
  }

  @Test
  void shouldRefuseHeaderLargerThanLimitWithoutReadingIt() {
    PooledBuffer huge = PooledBuffer.unpooled(ByteBuffer.allocateDirect(64 << 20));

    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> Wire.FORMAT.parse(Message.of(huge, Wire.payload(1))))
        .withMessageContaining("67108864 bytes: a header has at most 1048576");
  }

  @Test
  void shouldKeepWhatPeerSentOutOfLogsExceptShortAndPrintable() {
    String hostile =
        "{\"compression\": {\"colorspace\": \"\\n\\u001b[31m" + "x".repeat(1000) + "\"}}";

    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> Wire.FORMAT.parse(Wire.message(hostile, "jpeg")))
        .satisfies(
            e ->
                assertThat(e.getMessage()).hasSizeLessThan(300).doesNotContainPattern("\\p{Cntrl}"))
        .withMessageContaining("'\\u000a\\u001b[31mxxx");
  }

  @Test
  void shouldRefuseUnreadableTextWithoutQuotingControlCharacters() {
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> Wire.FORMAT.parse(Wire.message("\u001b[31mboo\u0007", "jpeg")))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}"))
        .withNoCause();
  }

  static Stream<Arguments> badAnswers() {
    return Stream.of(
        arguments("Data received on device: 70FPJW3G !", "no JSON"),
        arguments("[]", "a JSON list"),
        arguments("{\"data\": 1}", "'return_type' is missing"),
        arguments("{\"return_type\": 1, \"data\": 1}", "'return_type' is 1"),
        arguments("{\"return_type\": \"ndarray\"}", "'compression' is missing"),
        arguments(
            "{\"return_type\": \"ndarray\", \"compression\": false, \"array_dtype\": \"u9\", \"array_shape\": [6]}",
            "'array_dtype' is 'u9'"),
        arguments(
            "{\"return_type\": \"ndarray\", \"compression\": false, \"array_dtype\": \"uint8\", \"array_shape\": [0]}",
            "'array_shape' is 0"),
        arguments("{\"return_type\": \"int\", \"data\": 1}", "has a second part"),
        arguments(
            "{\"return_type\": \"int\", \"data\": 1, \"netgear\": {\"rx\": -5}}",
            "'netgear.rx' is -5"));
  }

  @ParameterizedTest
  @MethodSource("badAnswers")
  void shouldRefuseAnswerAndSayWhy(String header, String why) {
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> Wire.FORMAT.parseAnswer(Wire.message(header, "pixels"), AnswerStyle.DATA))
        .withMessageContaining(why);
  }

  @Test
  void shouldRefuseReturnedFrameWithoutPayload() {
    String header = "{\"return_type\": \"ndarray\", \"compression\": {\"colorspace\": \"BGR\"}}";

    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> Wire.FORMAT.parseAnswer(Wire.message(header), AnswerStyle.DATA))
        .withMessageContaining("returned frame");
  }

  @Test
  void shouldNotKeepPayloadOfRefusedMessage() {
    PooledBuffer payload = Wire.payload(6);
    Message message =
        Message.of(
            PooledBuffer.unpooled(
                ByteBuffer.wrap("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))),
            payload);

    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> Wire.FORMAT.parse(message));
    message.close();

    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(payload::bytes);
  }
}
