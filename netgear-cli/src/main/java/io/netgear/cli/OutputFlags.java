package io.netgear.cli;

import picocli.CommandLine.Option;

/** What is told, and how. */
final class OutputFlags {
  @Option(names = "--json", description = "Print one JSON object as the last line of output.")
  boolean json;

  @Option(
      names = "--json-events",
      description =
          "As --json, and one JSON line for the address in use and each second before it.")
  boolean jsonEvents;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress line.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Tell every option in force, and stack traces.")
  boolean verbose;

  boolean machineReadable() {
    return json || jsonEvents;
  }
}
