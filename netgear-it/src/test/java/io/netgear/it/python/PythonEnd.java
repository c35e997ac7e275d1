package io.netgear.it.python;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One end in the Python peer, and what it tells. For one test thread. */
final class PythonEnd {
  /** Far more than anything takes; only a hang comes so far. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Map<String, Object> CUT_OFF = Map.of("event", "cut off");

  private final String id;
  private final Consumer<Map<String, ?>> commands;
  private final BlockingQueue<Map<String, Object>> events = new LinkedBlockingQueue<>();
  private final List<Map<String, Object>> history = Collections.synchronizedList(new ArrayList<>());
  private volatile List<?> ports = List.of();

  PythonEnd(String id, Consumer<Map<String, ?>> commands) {
    this.id = id;
    this.commands = commands;
  }

  void told(Map<String, Object> event) {
    history.add(event);
    if ("open".equals(event.get("event"))) {
      ports = (List<?>) event.get("ports");
    }
    events.add(event);
  }

  void cutOff() {
    events.add(CUT_OFF);
  }

  /** Its first port. */
  int port() {
    return port(0);
  }

  /** Its port number {@code index}. */
  int port(int index) {
    return Math.toIntExact((Long) ports.get(index));
  }

  /** Lets a publisher that repeats its frame go on to the next. */
  void next() {
    commands.accept(Map.of("id", id, "next", true));
  }

  /** The next event, which must be of this kind. */
  Map<String, Object> await(String kind) {
    Map<String, Object> event = poll(LIMIT);
    if (event == null || !kind.equals(event.get("event"))) {
      throw new AssertionError(id + " should have told '" + kind + "', but told " + history);
    }
    return event;
  }

  /** The next event; null when the time is over. */
  Map<String, Object> poll(Duration limit) {
    Map<String, Object> event;
    try {
      event = events.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for " + id, e);
    }
    if (event != null && List.of("failed", "cut off").contains(event.get("event"))) {
      throw new AssertionError(id + " failed: " + event.get("error") + "\n" + event.get("trace"));
    }
    return event;
  }

  @Override
  public String toString() {
    return id + " " + history;
  }
}
