package io.netgear.cli;

import io.netgear.NetGear;
import io.netgear.SenderBuilder;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a relay sends what it receives. */
final class RelayFlags {
  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description = "Send there, as send --connect does. May be repeated.")
  List<String> to = new ArrayList<>();

  @Option(
      names = "--to-pattern",
      paramLabel = "NAME",
      description = "Pattern of --to; request-reply unless told.")
  String pattern = "request-reply";

  @Option(
      names = "--publish",
      paramLabel = "ADDRESS",
      description = "Bind there and publish to whoever subscribes. May be repeated.")
  List<String> publish = new ArrayList<>();

  @Option(
      names = "--to-transport",
      paramLabel = "NAME",
      description = "Transport of all ways out; zmq unless told.")
  String transport;

  @Option(
      names = "--to-option",
      paramLabel = "NAME=VALUE",
      description = "Any option of docs/options.md for all ways out. May be repeated.")
  List<String> options = new ArrayList<>();

  /**
   * Opens all ways out into {@code outputs}; those that are there belong to the caller.
   *
   * @param name what each is called
   */
  void open(List<RelayOutput> outputs, String name, boolean holdBack) {
    if (to.isEmpty() && publish.isEmpty()) {
      throw new IllegalArgumentException(
          "A relay needs somewhere to send to: give --to ADDRESS, --publish ADDRESS, or several.");
    }
    for (String address : to) {
      outputs.add(open(builder(address, name).pattern(pattern), holdBack));
    }
    for (String address : publish) {
      outputs.add(open(builder(address, name).pattern("publish-subscribe").bind(), holdBack));
    }
  }

  private SenderBuilder builder(String address, String name) {
    // A receiver that is away is waited for: the others, and the stream, go on meanwhile.
    SenderBuilder builder = NetGear.sender(address).maxRetries(0);
    Assignments.to(builder).set("transport", transport).set("name", name);
    options.forEach(builder::option);
    return builder;
  }

  private RelayOutput open(SenderBuilder builder, boolean holdBack) {
    return new RelayOutput(ConductFlags.opened(pattern, builder::open), holdBack);
  }
}
