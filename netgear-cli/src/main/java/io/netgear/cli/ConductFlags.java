package io.netgear.cli;

import io.netgear.EndpointBuilder;
import io.netgear.NetGear;
import io.netgear.ProviderInfo.Kind;
import io.netgear.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Which plug-ins a link is made of and how they behave: what both ends are told alike. */
final class ConductFlags {
  @Option(
      names = "--pattern",
      paramLabel = "NAME",
      description = "pair, request-reply, publish-subscribe, push-pull, or 0, 1, 2.")
  String pattern;

  @Option(
      names = "--multi-server",
      description =
          "Several senders, each on its own port, to one receiver: A,B,... at the receiver.")
  boolean multiServer;

  @Option(
      names = "--multi-client",
      description = "One sender to several receivers, each on its own port: A,B,... at the sender.")
  boolean multiClient;

  @Option(names = "--transport", paramLabel = "NAME", description = "zmq unless told.")
  String transport;

  @Option(names = "--codec", paramLabel = "NAME", description = "turbojpeg unless told.")
  String codec;

  @Option(names = "--name", paramLabel = "TEXT", description = "What this end is called.")
  String name;

  @Option(
      names = "--retries",
      paramLabel = "N",
      description = "Failures in a row before giving up, 0 for never.")
  String retries;

  @Option(
      names = "--secure",
      paramLabel = "MODE",
      description = "1: encrypted, any sender; 2: encrypted, listed senders only.")
  String secure;

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description =
          "Where the keys of --secure, or the certificates of tls://, are, if not at home.")
  String keys;

  @Option(
      names = {"-o", "--option"},
      paramLabel = "NAME=VALUE",
      description = "Any option of docs/options.md, by its Python name. May be repeated.")
  List<String> options = new ArrayList<>();

  @Option(
      names = "--lenient",
      description = "Warn about wrong options and take defaults, instead of refusing.")
  boolean lenient;

  /**
   * Hands what was said to {@code builder}, whose {@code open} checks it all together.
   *
   * @throws IllegalArgumentException if an option is not of the form name=value
   */
  void apply(EndpointBuilder<?> builder) {
    Assignments.to(builder)
        .set("pattern", pattern)
        .set("transport", transport)
        .set("codec", codec)
        .set("name", name)
        .set("max_retries", retries)
        .set("multiserver_mode", multiServer)
        .set("multiclient_mode", multiClient)
        .set("secure_mode", secure)
        .set("custom_cert_location", keys);
    options.forEach(builder::option);
    if (lenient) {
      builder.lenient();
    }
  }

  /**
   * Opens an end. That no pattern has the name asked for is a mistake of whoever typed it; a
   * transport or codec may lack its jar.
   *
   * @throws IllegalArgumentException if there is no such pattern, and nothing else is wrong
   */
  <T> T opened(Supplier<T> open) {
    return opened(pattern == null ? option("pattern") : pattern, open);
  }

  /** The same for an end whose pattern is called {@code name}; null for the default. */
  static <T> T opened(String name, Supplier<T> open) {
    try {
      return open.get();
    } catch (ProviderNotFoundException e) {
      if (name == null || isPattern(name)) {
        throw e;
      }
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static boolean isPattern(String name) {
    return name.matches("[012]")
        || NetGear.providers().stream()
            .anyMatch(found -> found.kind() == Kind.PATTERN && found.name().equals(name));
  }

  /** Says it all again, on another command line. */
  void addTo(List<String> flags) {
    DemoCommand.add(flags, "--pattern", pattern);
    DemoCommand.add(flags, "--transport", transport);
    DemoCommand.add(flags, "--codec", codec);
    DemoCommand.add(flags, "--name", name);
    DemoCommand.add(flags, "--retries", retries);
    if (multiServer) {
      flags.add("--multi-server");
    }
    if (multiClient) {
      flags.add("--multi-client");
    }
    DemoCommand.add(flags, "--secure", secure);
    DemoCommand.add(flags, "--keys", keys);
    options.forEach(option -> DemoCommand.add(flags, "--option", option));
    if (lenient) {
      flags.add("--lenient");
    }
  }

  /** Whether received frames are to come without pixels. */
  boolean encodedOnly() {
    return "true".equalsIgnoreCase(option("encoded_only"));
  }

  /** The value of the last {@code --option NAME=...}; null for none. */
  String option(String key) {
    String value = null;
    for (String assignment : options) {
      int equals = assignment.indexOf('=');
      if (equals > 0 && assignment.substring(0, equals).strip().equals(key)) {
        value = assignment.substring(equals + 1).strip();
      }
    }
    return value;
  }
}
