package io.netgear.it.browser;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page in a {@link Chromium}. */
final class Tab implements AutoCloseable {
  /** Far more than anything takes. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Chromium browser;
  private final String session;
  private final String target;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  Tab(Chromium browser, String session, String target) {
    this.browser = browser;
    this.session = session;
    this.target = target;
  }

  String target() {
    return target;
  }

  void begin(String page, int width, int height) {
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
    // a tab that is not in front counts as hidden, and is sent nothing
    call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1L, "mobile", width < 600));
    call("Page.navigate", Map.of("url", page));
  }

  private Map<String, Object> call(String method, Map<String, Object> parameters) {
    return browser.call(session, method, parameters);
  }

  /** What happens in the page without being asked for. */
  @SuppressWarnings("unchecked")
  void hear(Map<String, Object> event) {
    Map<String, Object> what = (Map<String, Object>) event.get("params");
    if ("Runtime.exceptionThrown".equals(event.get("method"))) {
      complaints.add(what.toString());
    } else if ("Log.entryAdded".equals(event.get("method"))) {
      Map<String, Object> entry = (Map<String, Object>) what.get("entry");
      if ("error".equals(entry.get("level"))) {
        complaints.add(entry.toString());
      }
    }
  }

  /** Errors of the page's scripts, refused resources and broken connections. */
  List<String> complaints() {
    return complaints;
  }

  /** The value of an expression of the page's language. */
  @SuppressWarnings("unchecked")
  Object value(String expression) {
    Map<String, Object> got =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (got.get("exceptionDetails") != null) {
      throw new AssertionError(expression + ": " + got.get("exceptionDetails"));
    }
    return ((Map<String, Object>) got.get("result")).get("value");
  }

  boolean is(String condition) {
    return Boolean.TRUE.equals(value(condition));
  }

  long number(String expression) {
    return ((Number) value(expression)).longValue();
  }

  /** While a page makes way for the next there is nothing to ask: that counts as no. */
  void until(String condition) {
    await()
        .alias(condition)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsMatching(Chromium.Refusal.class::isInstance)
        .until(() -> is(condition));
  }

  void press(String key) {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          type.equals("keyDown")
              ? Map.of("type", type, "key", key, "text", key)
              : Map.of("type", type, "key", key));
    }
  }

  /** As a JPEG. */
  void screenshot(Path file) {
    Map<String, Object> shot =
        call("Page.captureScreenshot", Map.of("format", "jpeg", "quality", 88L));
    try {
      Files.write(file, Base64.getDecoder().decode((String) shot.get("data")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    browser.close(this);
  }
}
