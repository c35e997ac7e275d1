package io.netgear.it.python;

import io.netgear.EndpointBuilder;
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

  private WireMode bothWays() {
    Map<String, Object> javaToo = new HashMap<>(java);
    javaToo.put("bidirectional_mode", true);
    Map<String, Object> pythonToo = new HashMap<>(python);
    pythonToo.put("bidirectional", true);
    return new WireMode(name + ", bidirectional", pattern, javaToo, pythonToo);
  }

  /** Every pattern in every mode that it has. */
  static Stream<WireMode> all() {
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
}
