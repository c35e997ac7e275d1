package io.netgear.it.python;

import io.netgear.EndpointBuilder;
import io.netgear.transport.zmq.KeyDirectory;
import io.netgear.transport.zmq.KeyOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A pattern in a mode: what each end is told to speak it. A new mode is a new row.
 *
 * @param java options by their Python names, for the Java end
 * @param python the same for the Python end, as peer.py calls them
 */
record WireMode(String name, int pattern, Map<String, Object> java, Map<String, Object> python) {
  private static final List<String> PATTERNS =
      List.of("pair", "request-reply", "publish-subscribe");

  private static WireMode plain(int pattern) {
    return new WireMode("plain", pattern, Map.of(), Map.of());
  }

  private static WireMode bidirectional(int pattern) {
    return new WireMode(
        "bidirectional",
        pattern,
        Map.of("bidirectional_mode", true),
        Map.of("bidirectional", true));
  }

  private static WireMode multiServer(int pattern) {
    return new WireMode(
        "multi-server", pattern, Map.of("multiserver_mode", true), Map.of("multiserver", true));
  }

  private static WireMode multiClient(int pattern) {
    return new WireMode(
        "multi-client", pattern, Map.of("multiclient_mode", true), Map.of("multiclient", true));
  }

  /** StoneHouse 1, IronHouse 2; our end makes the keys of both and the Python end reads them. */
  private static WireMode secure(int secureMode, int pattern) {
    String keys = Keys.FOLDER.toString();
    return new WireMode(
        "secure " + secureMode,
        pattern,
        Map.of("secure_mode", secureMode, "custom_cert_location", keys),
        Map.of("secure", secureMode, "certs", keys));
  }

  /** The same with our end on another transport, which the Python end does not notice. */
  private WireMode by(String transport) {
    Map<String, Object> javaToo = new HashMap<>(java);
    javaToo.put("transport", transport);
    return new WireMode(name + " by " + transport, pattern, javaToo, python);
  }

  private WireMode bothWays() {
    Map<String, Object> javaToo = new HashMap<>(java);
    javaToo.put("bidirectional_mode", true);
    Map<String, Object> pythonToo = new HashMap<>(python);
    pythonToo.put("bidirectional", true);
    return new WireMode(name + ", bidirectional", pattern, javaToo, pythonToo);
  }

  private static Stream<WireMode> open() {
    return Stream.of(
        plain(0),
        plain(1),
        plain(2),
        bidirectional(0),
        bidirectional(1),
        multiServer(1),
        multiServer(2),
        multiServer(1).bothWays(),
        multiClient(1),
        multiClient(1).bothWays());
  }

  private static Stream<WireMode> secured() {
    return Stream.of(
        secure(1, 0),
        secure(1, 1),
        secure(1, 2),
        secure(2, 0),
        secure(2, 1),
        secure(2, 2),
        secure(2, 1).bothWays());
  }

  /** Every pattern in every mode that it has, on each transport that has it. */
  static Stream<WireMode> all() {
    return Stream.of(open(), open().map(mode -> mode.by("netty")), secured())
        .flatMap(modes -> modes);
  }

  /**
   * Those in which a Python receiver gets anything: a subscriber of libzmq with a high-water mark
   * of 1 and a ZAP handler gets nothing, whoever publishes.
   */
  static Stream<WireMode> toPython() {
    return all().filter(mode -> mode.answers() || !mode.python().containsKey("secure"));
  }

  /** Those in which the receiver returns data. */
  static Stream<WireMode> returning() {
    return all().filter(mode -> mode.has("bidirectional"));
  }

  /** Whether the Python end has this switched on. */
  boolean has(String setting) {
    return Boolean.TRUE.equals(python.get(setting));
  }

  /** Whether every frame is answered. */
  boolean answers() {
    return pattern < 2;
  }

  <B extends EndpointBuilder<B>> B configure(B builder) {
    return builder.pattern(pattern).options(java);
  }

  /** The settings of a Python end of this mode. */
  Map<String, Object> settings(Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>(python);
    settings.put("pattern", pattern);
    settings.putAll(more);
    return settings;
  }

  /** The keys of a frame's header in their order, without ours. */
  List<String> headerKeys() {
    List<String> keys = new ArrayList<>();
    if (has("multiserver")) {
      keys.add("port");
    }
    keys.addAll(List.of("terminate_flag", "compression", "message", "pattern", "dtype", "shape"));
    return keys;
  }

  @Override
  public String toString() {
    return PATTERNS.get(pattern) + ", " + name;
  }

  /** Made once, for all rows. */
  private static final class Keys {
    static final Path FOLDER = make();

    private static Path make() {
      try {
        Path folder = Files.createTempDirectory("netgear-keys");
        KeyDirectory.at(folder).make(List.of(KeyOwner.values()), false);
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
