package io.netgear.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.netgear.WireFormatException;
import io.netgear.spi.Answer;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Incoming;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Broken copies of good messages: each is read, or refused with a WireFormatException, and nothing
 * else happens.
 */
class MutationFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final String[] TOKENS = {
    "true",
    "false",
    "null",
    "-1",
    "1e999",
    "NaN",
    "9223372036854775808",
    "[",
    "]",
    "{",
    "}",
    "\"",
    ",",
    ":",
    "\\u",
    "\\ud83d",
    "\u0000",
    "\"shape\": [2, 3]",
    "\"netgear\": {",
    "\"terminate_flag\": true",
    "é",
    "\"ndarray\"",
    "[2147483647, 2]"
  };

  private static final List<String> SEEDS =
      List.of(
          Wire.text(
              new FrameHeader(
                  Wire.JPEG, Map.of("camera", List.of(1, 2.5, "é")), "1", "5556", 7, 8, "cam", -9)),
          Wire.text(
              new FrameHeader(Wire.RAW, null, "0", null, 7, 8, "cam", FrameHeader.UNKNOWN_OFFSET)),
          Wire.text(Wire.FORMAT.goodbye(7590, -1), 0),
          Wire.text(
              Wire.FORMAT.answer(
                  new Answer(Map.of("n", 0), null, null, 1, 2, 3, 4), AnswerStyle.DATA),
              0),
          Wire.text(
              Wire.FORMAT.answer(
                  new Answer(null, Wire.RAW, Wire.payload(6), null, 2, 3, 4), AnswerStyle.DATA),
              0),
          Wire.text(Wire.FORMAT.answer(Answer.acknowledgement(12, 13, 14), AnswerStyle.PLAIN), 0));

  @Test
  void shouldThrowNothingButWireFormatExceptions() {
    Random random = new Random(20_240_817);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] header =
          mutated(
              SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.ISO_8859_1),
              random);
      refused += readAll(header, round);
    }
    // most copies are broken, some are still good: a fuzzer that finds only one kind tests nothing
    assertThat(refused).isBetween(ROUNDS, 3 * ROUNDS);
  }

  /** A blank behind a header changes nothing but that a parser of its own reads it. */
  @Test
  void shouldReadInOneGoWhatItReadsAlone() {
    Random random = new Random(20_240_818);
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] header =
          mutated(
              SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.ISO_8859_1),
              random);
      byte[] blankBehind = Arrays.copyOf(header, header.length + 1);
      blankBehind[header.length] = ' ';

      String inOneGo = understood(header);

      assertThat(inOneGo)
          .as("round %d with %s", round, new String(header, StandardCharsets.ISO_8859_1))
          .isEqualTo(understood(blankBehind));
      accepted += inOneGo.equals("refused") ? 0 : 1;
    }
    assertThat(accepted).isBetween(ROUNDS / 50, ROUNDS);
  }

  private static String understood(byte[] header) {
    Message message = Message.of(PooledBuffer.unpooled(ByteBuffer.wrap(header)), Wire.payload(6));
    try {
      Incoming incoming = Wire.FORMAT.parse(message);
      return incoming instanceof Incoming.FrameArrived frame
          ? frame.header().toString()
          : incoming.toString();
    } catch (WireFormatException noFrame) {
      try {
        Answer answer = Wire.FORMAT.parseAnswer(message, AnswerStyle.DATA);
        return answer.data()
            + " "
            + answer.encoding()
            + " "
            + answer.port()
            + " "
            + answer.sequence()
            + " "
            + answer.receivedMicros()
            + " "
            + answer.leaving();
      } catch (WireFormatException noAnswer) {
        return "refused";
      }
    }
  }

  private static int readAll(byte[] header, int round) {
    int refused = 0;
    PooledBuffer payload = Wire.payload(6);
    try (Message message = Message.of(PooledBuffer.unpooled(ByteBuffer.wrap(header)), payload)) {
      try {
        if (Wire.FORMAT.parse(message) instanceof Incoming.FrameArrived frame) {
          frame.payload().release();
        }
      } catch (WireFormatException e) {
        refused++;
        assertThat(e.getMessage()).hasSizeLessThan(700).doesNotContainPattern("\\p{Cntrl}");
      }
      for (AnswerStyle style : AnswerStyle.values()) {
        try {
          Wire.FORMAT.parseAnswer(message, style).release();
        } catch (WireFormatException e) {
          refused++;
        }
      }
    } catch (RuntimeException e) {
      fail("Round " + round + " with " + Arrays.toString(header), e);
    }
    // every owner has let go, whichever way it went
    try {
      payload.bytes();
      fail("Round " + round + " keeps its payload");
    } catch (IllegalStateException expected) {
      return refused;
    }
    return refused;
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, at + random.nextInt(12));
      bytes =
          switch (random.nextInt(5)) {
            case 0 ->
                joined(
                    bytes,
                    at,
                    new byte[] {(byte) random.nextInt(256)},
                    Math.min(bytes.length, at + 1));
            case 1 -> joined(bytes, at, new byte[0], to);
            case 2 ->
                joined(
                    bytes,
                    at,
                    TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8),
                    at);
            case 3 -> joined(bytes, at, Arrays.copyOfRange(bytes, at, to), at);
            default ->
                joined(
                    bytes,
                    at,
                    TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8),
                    to);
          };
    }
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int end, byte[] middle, int start) {
    ByteBuffer joined = ByteBuffer.allocate(end + middle.length + bytes.length - start);
    return joined.put(bytes, 0, end).put(middle).put(bytes, start, bytes.length - start).array();
  }
}
