package io.netgear.cli;

import io.netgear.NetGear;
import io.netgear.SenderBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a relay sends what it receives. */
final class RelayFlags {
  private static final Pattern PLACE = Pattern.compile("([a-z][a-z0-9-]*):([a-z]+://.+)");

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description =
          "Send there, as send --connect does; with another transport: netty:tcp://host:port. May be repeated.")
  List<String> to = new ArrayList<>();

  @Option(
      names = "--to-pattern",
      paramLabel = "NAME",
      description = "Pattern of --to; request-reply unless told.")
  String pattern = "request-reply";

  @Option(
      names = "--publish",
      paramLabel = "ADDRESS",
      description =
          "Bind there and publish to whoever subscribes; also as TRANSPORT:ADDRESS. May be repeated.")
  List<String> publish = new ArrayList<>();

  @Option(
      names = "--to-transport",
      paramLabel = "NAME",
      description =
          "Transport of the ways out that name none; zmq unless told, netty for --publish with --web.")
  String transport;

  @Option(
      names = "--to-option",
      paramLabel = "NAME=VALUE",
      description = "Any option of docs/options.md for all ways out. May be repeated.")
  List<String> options = new ArrayList<>();

  @Option(
      names = "--to-plain",
      description =
          "What came in over a secured link may go out in plain text; without this a relay refuses to.")
  boolean plain;

  @Mixin WebFlags web = new WebFlags();

  /**
   * Opens all ways out into {@code outputs}; those that are there belong to the caller.
   *
   * @param name what each is called
   * @param secured whether what they send on comes in over a secured link
   */
  void open(List<RelayOutput> outputs, String name, boolean holdBack, boolean secured) {
    if (to.isEmpty() && publish.isEmpty()) {
      throw new IllegalArgumentException(
          "A relay needs somewhere to send to: give --to ADDRESS, --publish ADDRESS, or several.");
    }
    if (web.web && publish.isEmpty()) {
      throw new IllegalArgumentException(
          "--web lets browsers watch where a relay publishes: give --publish ADDRESS, too.");
    }
    for (String place : to) {
      SenderBuilder builder = builder(place, name, false).pattern(pattern);
      requireNoLess(secured, builder, place);
      outputs.add(open(builder, holdBack));
    }
    for (String place : publish) {
      SenderBuilder builder = builder(place, name, true).pattern("publish-subscribe").bind();
      web.apply(builder);
      requireNoLess(secured, builder, place);
      outputs.add(open(builder, holdBack));
    }
  }

  private void requireNoLess(boolean secured, SenderBuilder builder, String place) {
    if (secured && !plain && !InForce.of(ConductFlags.opened(pattern, builder::explain)).secure()) {
      throw new IllegalArgumentException(
          "What comes in over a secured link would go out to "
              + place
              + " in plain text: secure that way by a tls:// address or --to-option secure_mode=1 or 2, or give --to-plain if it is meant.");
    }
  }

  /**
   * @param place an address, or a transport and an address
   */
  private SenderBuilder builder(String place, String name, boolean publishes) {
    Matcher parts = PLACE.matcher(place);
    boolean named = parts.matches();
    // A receiver that is away is waited for: the others, and the stream, go on meanwhile.
    SenderBuilder builder = NetGear.sender(named ? parts.group(2) : place).maxRetries(0);
    if (publishes) {
      web.suggest(builder);
    }
    Assignments.to(builder).set("transport", named ? parts.group(1) : transport).set("name", name);
    options.forEach(builder::option);
    return builder;
  }

  private RelayOutput open(SenderBuilder builder, boolean holdBack) {
    return new RelayOutput(ConductFlags.opened(pattern, builder::open), holdBack);
  }
}
