package io.netgear.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results as JSON, so that runs can be kept and compared; docs/benchmarks.md names the keys. */
public final class ResultsFile {
  /** Its name in a run's folder. */
  public static final String NAME = "results.json";

  private static final String FORMAT = "netgear-bench";
  private static final int VERSION = 1;

  private ResultsFile() {}

  /** One line. */
  public static String write(Results results) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", FORMAT);
    map.put("version", VERSION);
    map.put("started", results.started());
    map.put("seconds", results.seconds());
    map.put("machine", results.machine());
    map.put("settings", results.settings());
    map.put("left_out", results.leftOut());
    map.put("questions", results.questions().stream().map(ResultsFile::map).toList());
    return Json.write(map);
  }

  private static Map<String, Object> map(Question question) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", question.id());
    map.put("title", question.title());
    map.put("about", question.about());
    map.put("rows", question.rows().stream().map(ResultsFile::map).toList());
    return map;
  }

  private static Map<String, Object> map(Row row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("label", row.label());
    map.put("against", row.against());
    map.put("rounds", row.rounds());
    map.put("ratio", row.ratio());
    map.put("ratio_low", row.low());
    map.put("ratio_high", row.high());
    map.put("ms", row.millis());
    map.put("p99_ms", row.p99Millis());
    map.put("processor_ratio", row.processorRatio());
    map.put("heap_bytes", row.heapBytes());
    map.put("jpeg_bytes", row.jpegBytes());
    return map;
  }

  /**
   * Reads a run from its file, or from its folder.
   *
   * @throws IOException saying what is wrong, if there is none
   */
  public static Results read(Path place) throws IOException {
    Path file = Files.isDirectory(place) ? place.resolve(NAME) : place;
    if (!Files.isReadable(file)) {
      throw new IOException("There are no results to read at " + file + ".");
    }
    try {
      if (!(Json.read(file) instanceof Map<?, ?> map)) {
        throw new IOException("it is no JSON object");
      }
      if (!FORMAT.equals(map.get("format"))
          || !Integer.valueOf(VERSION).equals(map.get("version"))) {
        throw new IOException(
            "expected format "
                + FORMAT
                + " and version "
                + VERSION
                + ", got "
                + map.get("format")
                + " and "
                + map.get("version"));
      }
      return new Results(
          Instant.parse((String) map.get("started")),
          number(map, "seconds"),
          texts(map, "machine"),
          texts(map, "settings"),
          texts(map, "left_out"),
          list(map, "questions").stream().map(ResultsFile::question).toList());
    } catch (IOException | ClassCastException | NullPointerException | DateTimeException e) {
      throw new IOException(
          file + " holds no results of netgear bench: " + e.getMessage() + ".", e);
    }
  }

  private static Question question(Object value) {
    Map<?, ?> map = (Map<?, ?>) value;
    return new Question(
        text(map, "id"),
        text(map, "title"),
        text(map, "about"),
        list(map, "rows").stream().map(ResultsFile::row).toList());
  }

  private static Row row(Object value) {
    Map<?, ?> map = (Map<?, ?>) value;
    return new Row(
        text(map, "label"),
        text(map, "against"),
        (int) number(map, "rounds"),
        number(map, "ratio"),
        number(map, "ratio_low"),
        number(map, "ratio_high"),
        number(map, "ms"),
        number(map, "p99_ms"),
        number(map, "processor_ratio"),
        number(map, "heap_bytes"),
        number(map, "jpeg_bytes"));
  }

  private static String text(Map<?, ?> map, String key) {
    return (String) present(map, key);
  }

  private static List<?> list(Map<?, ?> map, String key) {
    return (List<?>) present(map, key);
  }

  private static Object present(Map<?, ?> map, String key) {
    if (map.get(key) == null) {
      throw new NullPointerException("there is no '" + key + "'");
    }
    return map.get(key);
  }

  private static double number(Map<?, ?> map, String key) {
    Number number = (Number) map.get(key);
    return number == null ? Double.NaN : number.doubleValue();
  }

  private static Map<String, String> texts(Map<?, ?> map, String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    ((Map<?, ?>) present(map, key))
        .forEach((name, text) -> texts.put((String) name, (String) text));
    return texts;
  }
}
