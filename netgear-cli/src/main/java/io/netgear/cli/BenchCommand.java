package io.netgear.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code netgear bench}, which the launcher starts as a program of its own and never gets here: it
 * brings along what it compares with, which the other commands have no use for.
 */
@Command(
    name = "bench",
    description = "Measures this machine, and compares with others who make JPEGs.")
final class BenchCommand implements Callable<Integer> {
  @Unmatched List<String> rest = new ArrayList<>();

  @Override
  public Integer call() {
    throw new StreamFailure(
        Ended.ERROR,
        "bench is started by the script ./netgear of a checkout: the benchmarks and what they are"
            + " compared with are not among this command's jars.",
        null);
  }
}
