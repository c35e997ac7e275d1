package io.netgear.bench;

import java.util.Arrays;

/**
 * What {@code mvn -pl netgear-bench jmh -Djmh.args="..."} starts.
 *
 * <p>{@code cloop ...} is {@link CLoop}, {@code rivals ...} is {@link Rivals}, {@code soak ...} is
 * {@link Soak}, {@code overhead ...} is {@link Overhead}, {@code raw ...} is {@link RawThroughput},
 * {@code threads ...} is {@link Threads}, {@code slow ...} is {@link SlowConsumer}; anything else
 * goes to JMH as it is. Without arguments: every benchmark at its defaults with allocation next to
 * time, then {@link CLoop}.
 */
public final class Main {
  private Main() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      org.openjdk.jmh.Main.main(new String[] {"-prof", "gc"});
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
      case "slow" -> SlowConsumer.main(rest);
      default -> org.openjdk.jmh.Main.main(arguments);
    }
  }
}
