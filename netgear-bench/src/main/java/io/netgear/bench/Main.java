package io.netgear.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code mvn -pl netgear-bench jmh -Djmh.args="..."} starts.
 *
 * <p>{@code cloop ...} is {@link CLoop}, {@code rivals ...} is {@link Rivals}, {@code soak ...} is
 * {@link Soak}, {@code overhead ...} is {@link Overhead}, {@code raw ...} is {@link RawThroughput},
 * {@code transports ...} is {@link Transports}, {@code fanout ...} is {@link FanOut}, {@code
 * threads ...} is {@link Threads}, {@code slow ...} is {@link SlowConsumer}; anything else goes to
 * JMH, with the rivals that there are on this machine unless {@code -p implementation=} says whom.
 * Without arguments: every benchmark at its defaults with allocation next to time, then {@link
 * CLoop}.
 */
public final class Main {
  private Main() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      jmh("-prof", "gc");
      CLoop.main(arguments);
      return;
    }
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    switch (arguments[0]) {
      case "cloop" -> CLoop.main(rest);
      case "rivals" -> Rivals.main(rest);
      case "soak" -> Soak.main(rest);
      case "overhead" -> Overhead.main(rest);
      case "threads" -> Threads.main(rest);
      case "raw" -> RawThroughput.main(rest);
      case "transports" -> Transports.main(rest);
      case "fanout" -> FanOut.main(rest);
      case "slow" -> SlowConsumer.main(rest);
      default -> jmh(arguments);
    }
  }

  private static void jmh(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    if (all.stream().noneMatch(one -> one.startsWith("implementation="))) {
      for (JpegImplementation one : JpegImplementation.values()) {
        one.missing()
            .ifPresent(why -> System.out.println("# " + one.label() + " is left out: " + why));
      }
      all.add("-p");
      all.add(
          JpegImplementation.present().stream()
              .map(Enum::name)
              .collect(Collectors.joining(",", "implementation=", "")));
    }
    org.openjdk.jmh.Main.main(all.toArray(String[]::new));
  }
}
