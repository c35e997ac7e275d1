package io.netgear.cli;

import io.netgear.EndpointBuilder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a link goes and how it behaves. */
final class EndpointFlags {
  @Option(
      names = "--bind",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "ADDRESS",
      description = "Wait for peers, at tcp://host:port if given (recv's default).")
  String bind;

  @Option(
      names = "--connect",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "ADDRESS",
      description = "Go to the peer, at tcp://host:port if given (send's default).")
  String connect;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "Where, without changing who binds; * is every interface.")
  String address;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "5555 unless told; 0 binds to any free one.")
  String port;

  @Mixin ConductFlags conduct = new ConductFlags();

  /**
   * Hands everything that was said to {@code builder}, whose {@code open} checks it all together.
   */
  void apply(EndpointBuilder<?> builder) {
    if (bind != null && connect != null) {
      throw new IllegalArgumentException(
          "--bind and --connect exclude each other: an end either waits for peers or goes to them.");
    }
    if (bind != null) {
      builder.bind();
    }
    if (connect != null) {
      builder.connect();
    }
    String where = where();
    if (where != null) {
      builder.address(where);
    }
    Assignments.to(builder).set("port", port);
    conduct.apply(builder);
  }

  private String where() {
    String of = bind != null ? bind : connect;
    boolean given = of != null && !of.isEmpty();
    if (given && address != null) {
      throw new IllegalArgumentException(
          "Two addresses were given, '" + of + "' and --address '" + address + "': leave one out.");
    }
    return given ? of : address;
  }
}
