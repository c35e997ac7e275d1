package io.netgear.cli;

import io.netgear.SenderBuilder;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Whether browsers may watch what is published, and which. */
final class WebFlags {
  @Option(
      names = "--web",
      description =
          "Let browsers watch, at the address that is bound to publish; takes transport netty.")
  boolean web;

  @Option(
      names = "--web-token",
      paramLabel = "TEXT",
      description = "What a browser must know; made up and told unless given, or loopback.")
  String token;

  @Option(
      names = "--web-viewers",
      paramLabel = "N",
      description = "How many browsers may watch at a time, 16 unless told.")
  String viewers;

  @Option(
      names = "--web-host",
      paramLabel = "NAME",
      description = "A name by which browsers may call this machine. May be repeated.")
  List<String> hosts = new ArrayList<>();

  /** Hands it all to {@code builder}; a transport that was not named is the one that can. */
  void apply(SenderBuilder builder) {
    Assignments.to(builder)
        .set("web", web)
        .set("web_token", token)
        .set("web_viewers", viewers)
        .set("web_hosts", hosts.isEmpty() ? null : String.join(",", hosts));
  }

  /** What makes {@code --web} enough by itself; whatever else is said counts more. */
  void suggest(SenderBuilder builder) {
    if (web) {
      builder.transport("netty").pattern("publish-subscribe");
    }
  }

  /** Tells a person where to look. */
  static void announce(List<URI> addresses, PrintStream to) {
    addresses.forEach(address -> to.println("Watch at " + address));
  }
}
