package io.netgear.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Python's own json module reads our headers, and spells what it read in our very bytes. Needs
 * python3 on the PATH.
 */
class PythonAgreementTest {
  private static final String REWRITE =
      """
      import json, sys
      with open(sys.argv[1], encoding="utf-8") as headers, open(sys.argv[2], "w", encoding="ascii") as out:
          for line in headers:
              out.write(json.dumps(json.loads(line)) + "\\n")
      """;

  @TempDir private Path folder;

  @Test
  void shouldWriteBytesThatPythonWritesForTheSameObject() throws Exception {
    List<String> headers = new ArrayList<>();
    Random random = new Random(42);
    for (int i = 0; i < 1_000; i++) {
      Object value = value(random, 0);
      headers.add(Wire.text(Wire.header(Wire.JPEG, value)));
      headers.add(
          Wire.text(
              Wire.FORMAT.answer(new Answer(value, null, null, "5556", 1, 2, 3), AnswerStyle.DATA),
              0));
    }
    headers.add(
        Wire.text(
            new FrameHeader(
                Encoding.raw(FrameFormat.of(2, 1, PixelFormat.RGB)),
                null,
                "0",
                7590,
                1,
                2,
                "é",
                -4)));
    headers.add(Wire.text(Wire.FORMAT.goodbye("7590", -1), 0));

    assertThat(rewrittenByPython(headers)).isEqualTo(headers);
  }

  private static Object value(Random random, int depth) {
    switch (random.nextInt(depth > 3 ? 6 : 8)) {
      case 0:
        return random.nextInt(3) == 0 ? null : (Object) random.nextBoolean();
      case 1:
        return random.nextLong() >> random.nextInt(64);
      case 2:
        return new BigInteger(random.nextInt(900), random);
      case 3:
        return Double.longBitsToDouble(random.nextLong());
      case 4:
        return random.nextInt() / Math.pow(10, random.nextInt(320));
      case 5:
        return text(random, 20);
      case 6:
        List<Object> list = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
          list.add(value(random, depth + 1));
        }
        return list;
      default:
        Map<String, Object> map = new LinkedHashMap<>();
        for (int n = random.nextInt(5); n > 0; n--) {
          map.put(text(random, 4), value(random, depth + 1));
        }
        return map;
    }
  }

  private static String text(Random random, int maxLength) {
    return random
        .ints(random.nextInt(maxLength), 0, random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private List<String> rewrittenByPython(List<String> headers)
      throws IOException, InterruptedException {
    Path in = Files.write(folder.resolve("ours"), headers, StandardCharsets.US_ASCII);
    Path out = folder.resolve("python's");
    Process python;
    try {
      python =
          new ProcessBuilder("python3", "-c", REWRITE, in.toString(), out.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      return abort(
          "No python3 on the PATH: our bytes were not compared with Python's. " + e.getMessage());
    }
    try {
      assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(python.exitValue()).as(() -> read(folder.resolve("log"))).isZero();
    } finally {
      python.destroyForcibly();
    }
    return Files.readAllLines(out, StandardCharsets.US_ASCII);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
