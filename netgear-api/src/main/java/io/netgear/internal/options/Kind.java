package io.netgear.internal.options;

import io.netgear.Events;
import io.netgear.PixelFormat;
import io.netgear.QueuePolicy;
import io.netgear.SecureMode;
import io.netgear.Security;
import io.netgear.Subsampling;
import io.netgear.spi.AddressRange;
import io.netgear.spi.BufferPool;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.Pattern;
import io.netgear.spi.Transport;
import io.netgear.spi.View;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What values an option accepts: reads what was given into the type that settings have, or says no.
 *
 * <p>As strict as the Python peer about types (the text {@code "3"} is no number), since a wrong
 * type mostly is a mistake.
 */
final class Kind {
  private static final int LONGEST_SECONDS = 365 * 24 * 3_600;

  private static final java.util.regex.Pattern REGION_TEXT =
      java.util.regex.Pattern.compile("(\\d{1,5}), *(\\d{1,5}), *(\\d{1,5})x(\\d{1,5})");

  /** To Boolean. */
  static final Kind FLAG = instance("true or false", Boolean.class);

  /** To String. */
  static final Kind TEXT = text("text", text -> !text.isBlank());

  static final Kind NAME =
      text(
          "text of 1 to 100 characters, without line breaks",
          text ->
              !text.isBlank()
                  && text.length() <= 100
                  && text.chars().noneMatch(Character::isISOControl));

  /** To String. */
  static final Kind TOKEN =
      text(
          "16 to 128 of the characters A-Z a-z 0-9 - . _ ~",
          text -> text.matches("[A-Za-z0-9._~-]{16,128}"));

  /** To a list of Strings. */
  static final Kind NAMES =
      new Kind(
          "host names such as camera.example.org, as a list or with commas", Kind::names, true);

  /** To Bastion. */
  static final Kind SSH =
      new Kind(
          "text of the form user@host or user@host:port",
          v -> v instanceof String text ? Bastion.parse(text.strip()) : null,
          true);

  /** To Path; a leading ~ is the user's home. */
  static final Kind FILE = new Kind("a file's path", Kind::file, true);

  /** To a list of Strings. */
  static final Kind ADDRESS =
      new Kind(
          "text such as localhost, * or tcp://localhost:5555, or several with commas",
          Kind::addresses,
          true);

  /** To a list of Integers. */
  static final Kind PORT =
      new Kind("0 to 65535, as a number or as text, or a list of such", Kind::ports, false);

  /** To String or Pattern. */
  static final Kind PATTERN =
      new Kind(
          "a pattern's name, or 0, 1, 2",
          v -> v instanceof Integer || v instanceof Long ? v.toString() : nameOr(Pattern.class, v),
          true);

  /** To String or Transport. */
  static final Kind TRANSPORT =
      new Kind("a transport's name", v -> nameOr(Transport.class, v), true);

  /** To String or FrameCodec. */
  static final Kind CODEC = new Kind("a codec's name", v -> nameOr(FrameCodec.class, v), true);

  /** To Boolean or PixelFormat. */
  static final Kind COMPRESSION =
      new Kind(
          "true, false, or one of "
              + Arrays.stream(PixelFormat.values())
                  .map(Enum::name)
                  .collect(Collectors.joining(" ")),
          Kind::compression,
          false);

  /** To Integer. */
  static final Kind QUALITY =
      new Kind("a number from 10 to 100, a fraction is cut off", Kind::quality, false);

  /** To Integer, by which sides are divided. */
  static final Kind SCALE = new Kind("one of 1, 1/2, 1/4, 1/8", Kind::scale, true);

  /** To View, of which only the part matters. */
  static final Kind REGION =
      new Kind(
          "left,top,WIDTHxHEIGHT in pixels, such as 640,360,320x240",
          v -> v instanceof String text ? region(text) : null,
          true);

  /** To Subsampling. */
  static final Kind SUBSAMPLING =
      new Kind(
          "one of " + Subsampling.labels(),
          v ->
              v instanceof String text
                  ? Subsampling.of(text.strip()).orElse(null)
                  : orNull(Subsampling.class, v),
          true);

  /** To SecureMode. */
  static final Kind SECURE_MODE = new Kind("a whole number from 0 to 2", Kind::secureMode, false);

  /** To Path. */
  static final Kind DIRECTORY = new Kind("a directory's path", Kind::directory, true);

  /** To a list of AddressRanges. */
  static final Kind ADDRESS_RANGES =
      new Kind(
          "IP addresses such as 192.168.1.20 or 192.168.1.0/24, as a list or with commas",
          Kind::addressRanges,
          true);

  /** To Duration. */
  static final Kind TIME = new Kind("seconds over 0, up to a year", v -> time(v, false), false);

  static final Kind TIME_OR_OFF =
      new Kind("seconds from 0, up to a year", v -> time(v, true), false);

  /** To QueuePolicy. */
  static final Kind QUEUE = new Kind("hold-back or newest", Kind::queue, true);

  static final Kind POOL = instance("a BufferPool", BufferPool.class);
  static final Kind SECURITY = instance("a Security of the transport's module", Security.class);
  static final Kind EVENTS = instance("an Events listener", Events.class);
  static final Kind ANYTHING = instance("anything", Object.class);

  private final String expected;
  private final Function<Object, Object> reader;
  private final boolean textual;

  private Kind(String expected, Function<Object, Object> reader, boolean textual) {
    this.expected = expected;
    this.reader = reader;
    this.textual = textual;
  }

  /** To Long. */
  static Kind wholeNumber(long from, long to) {
    String range = "a whole number from " + from + (to == Long.MAX_VALUE ? "" : " to " + to);
    return new Kind(
        range, v -> whole(v, from, to) ? (Object) ((Number) v).longValue() : null, false);
  }

  /** What is accepted, to follow "expected". */
  String expected() {
    return expected;
  }

  /** The value in the type that settings have; null when it is none of this kind. */
  Object read(Object given) {
    return reader.apply(given);
  }

  /**
   * The value that a command line's text stands for: text itself where text is expected, else a
   * number, a truth value or a list.
   */
  Object fromText(String text) {
    if (textual) {
      return text;
    }
    if (this == PORT && text.contains(",")) {
      return List.of(text.split(","));
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.valueOf(text);
    }
    if (text.matches("[+-]?\\d{1,18}")) {
      return Long.valueOf(text);
    }
    return text.matches("[+-]?\\d*\\.\\d+") ? (Object) Double.valueOf(text) : text;
  }

  private static Kind text(String expected, Predicate<String> valid) {
    return new Kind(
        expected, v -> v instanceof String text && valid.test(text) ? text : null, true);
  }

  private static Kind instance(String expected, Class<?> type) {
    return new Kind(expected, v -> orNull(type, v), false);
  }

  private static <T> T orNull(Class<T> type, Object value) {
    return type.isInstance(value) ? type.cast(value) : null;
  }

  private static Object file(Object value) {
    if (value instanceof Path path) {
      return path;
    }
    if (!(value instanceof String text) || text.isBlank()) {
      return null;
    }
    try {
      return text.startsWith("~/")
          ? Path.of(System.getProperty("user.home"), text.substring(2))
          : Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static Object nameOr(Class<?> type, Object value) {
    return value instanceof String text && !text.isBlank() ? text.strip() : orNull(type, value);
  }

  private static boolean whole(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte;
  }

  private static boolean whole(Object value, long from, long to) {
    return whole(value)
        && ((Number) value).longValue() >= from
        && ((Number) value).longValue() <= to;
  }

  private static boolean within(Object value, int from, int to) {
    return value instanceof Number number
        && number.doubleValue() >= from
        && number.doubleValue() <= to;
  }

  private static Object addresses(Object value) {
    List<?> all = value instanceof List<?> list ? list : List.of(value);
    boolean valid = !all.isEmpty() && all.stream().allMatch(String.class::isInstance);
    List<String> texts =
        all.stream()
            .flatMap(one -> Arrays.stream(one.toString().split(",", -1)))
            .map(String::strip)
            .toList();
    return valid && texts.stream().noneMatch(String::isEmpty) ? texts : null;
  }

  private static Object names(Object value) {
    return addresses(value) instanceof List<?> texts
            && texts.stream().allMatch(one -> one.toString().matches("[A-Za-z0-9._-]{1,253}"))
        ? texts
        : null;
  }

  private static Object ports(Object value) {
    List<?> all = value instanceof List<?> list ? list : List.of(value);
    List<Integer> ports = all.stream().map(Kind::port).filter(port -> port >= 0).toList();
    return ports.isEmpty() || ports.size() < all.size() ? null : ports;
  }

  /** A port, or -1. */
  private static int port(Object value) {
    if (value instanceof String text && text.strip().matches("\\d{1,5}")) {
      return port(Integer.valueOf(text.strip()));
    }
    return whole(value, 0, 65_535) ? ((Number) value).intValue() : -1;
  }

  private static Object compression(Object value) {
    if (value instanceof String text) {
      String name = text.strip().toUpperCase(Locale.ROOT);
      return Arrays.stream(PixelFormat.values())
          .filter(f -> f.name().equals(name))
          .findFirst()
          .orElse(null);
    }
    return value instanceof Boolean ? value : orNull(PixelFormat.class, value);
  }

  private static Object quality(Object value) {
    boolean valid = within(value, 10, 100);
    return valid ? ((Number) value).intValue() : null;
  }

  private static Object scale(Object value) {
    String text = String.valueOf(value).strip();
    return switch (text) {
      case "1", "1.0", "1/1" -> 1;
      case "1/2", "0.5" -> 2;
      case "1/4", "0.25" -> 4;
      case "1/8", "0.125" -> 8;
      default -> null;
    };
  }

  private static Object region(String text) {
    Matcher numbers = REGION_TEXT.matcher(text.strip());
    if (!numbers.matches()) {
      return null;
    }
    int width = Integer.parseInt(numbers.group(3));
    int height = Integer.parseInt(numbers.group(4));
    return width == 0 || height == 0
        ? null
        : new View(
            1,
            false,
            Integer.parseInt(numbers.group(1)),
            Integer.parseInt(numbers.group(2)),
            width,
            height);
  }

  private static Object time(Object value, boolean zero) {
    Duration time = orNull(Duration.class, value);
    if (value instanceof Number number && within(value, 0, LONGEST_SECONDS)) {
      time =
          whole(value)
              ? Duration.ofSeconds(number.longValue())
              : Duration.ofNanos((long) (number.doubleValue() * 1e9));
    }
    boolean valid =
        time != null
            && !time.isNegative()
            && (zero || !time.isZero())
            && time.compareTo(Duration.ofSeconds(LONGEST_SECONDS)) <= 0;
    return valid ? time : null;
  }

  private static Object secureMode(Object value) {
    return Arrays.stream(SecureMode.values())
        .filter(mode -> mode == value || whole(value, mode.number(), mode.number()))
        .findFirst()
        .orElse(null);
  }

  private static Object directory(Object value) {
    if (value instanceof String text && !text.isBlank()) {
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        return null; // no path at all: said as of every value that is not of its kind
      }
    }
    return orNull(Path.class, value);
  }

  private static Object addressRanges(Object value) {
    List<?> all =
        value instanceof List<?> list
            ? list
            : value instanceof String text ? List.of(text.split(",")) : List.of(value);
    List<AddressRange> ranges =
        all.stream()
            .flatMap(
                one ->
                    one instanceof String text
                        ? AddressRange.of(text).stream()
                        : Stream.ofNullable(orNull(AddressRange.class, one)))
            .toList();
    return ranges.isEmpty() || ranges.size() < all.size() ? null : ranges;
  }

  private static Object queue(Object value) {
    if (value instanceof String text) {
      String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
      return Arrays.stream(QueuePolicy.values())
          .filter(q -> q.name().equals(name))
          .findFirst()
          .orElse(null);
    }
    return orNull(QueuePolicy.class, value);
  }
}
