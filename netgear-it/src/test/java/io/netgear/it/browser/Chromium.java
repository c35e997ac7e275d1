package io.netgear.it.browser;

import static org.junit.jupiter.api.Assumptions.abort;

import io.netgear.it.process.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A browser without a window, one process for a test class, spoken to by its own DevTools protocol.
 * Where there is none the tests are skipped and say so; with {@value #DEMANDED} set to {@code true}
 * in the environment they fail.
 */
final class Chromium implements BeforeAllCallback, AfterAllCallback, WebSocket.Listener {
  private static final String DEMANDED = "NETGEAR_DEMAND_CHROMIUM";
  private static final List<String> NAMES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final long PATIENCE_S = 90;
  private static final String LISTENING = "DevTools listening on ";
  private static final System.Logger LOG = System.getLogger(Chromium.class.getName());

  /** A call of the protocol that the browser could not follow; nothing that a page's script did. */
  static final class Refusal extends AssertionError {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, CompletableFuture<Map<String, Object>>> calls = new ConcurrentHashMap<>();
  private final Map<String, Tab> tabs = new ConcurrentHashMap<>();
  private final StringBuilder partial = new StringBuilder();
  private Path profile;
  private Process process;
  private WebSocket socket;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    String program =
        NAMES.stream().filter(name -> Files.exists(Path.of(name))).findFirst().orElse(null);
    if (program == null) {
      String why =
          "There is no Chromium here, so the page was not tried in a browser: install chromium.";
      if ("true".equals(System.getenv(DEMANDED))) {
        throw new AssertionError(why);
      }
      LOG.log(System.Logger.Level.WARNING, why);
      abort(why);
    }
    profile = Files.createTempDirectory("netgear-chromium");
    process =
        new ProcessBuilder(
                program,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-extensions",
                "--disable-sync",
                "--no-first-run",
                "--no-proxy-server",
                "--hide-scrollbars",
                "--disable-backgrounding-occluded-windows",
                "--disable-renderer-backgrounding",
                "--disable-background-timer-throttling",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    CompletableFuture<String> address = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(address), "chromium-output");
    reader.setDaemon(true);
    reader.start();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address.get(PATIENCE_S, TimeUnit.SECONDS)), this)
            .get(PATIENCE_S, TimeUnit.SECONDS);
  }

  private void read(CompletableFuture<String> address) {
    StringBuilder said = new StringBuilder();
    try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith(LISTENING)) {
          address.complete(line.substring(LISTENING.length()).strip());
        }
      }
    } catch (IOException e) {
      said.append(e);
    }
    address.completeExceptionally(new AssertionError("Chromium does not start:\n" + said));
  }

  /** Opens {@code page} in a window of its own. */
  Tab open(String page, int width, int height) {
    Map<String, Object> made =
        call(
            null,
            "Target.createTarget",
            Map.of("url", "about:blank", "newWindow", true, "width", width, "height", height));
    Map<String, Object> attached =
        call(
            null,
            "Target.attachToTarget",
            Map.of("targetId", made.get("targetId"), "flatten", true));
    String session = (String) attached.get("sessionId");
    Tab tab = new Tab(this, session, (String) made.get("targetId"));
    tabs.put(session, tab);
    tab.begin(page, width, height);
    return tab;
  }

  void close(Tab tab) {
    tabs.values().remove(tab);
    call(null, "Target.closeTarget", Map.of("targetId", tab.target()));
  }

  /**
   * Calls a method of the protocol.
   *
   * @param session the tab's; null for the browser's own
   */
  @SuppressWarnings("unchecked")
  Map<String, Object> call(String session, String method, Map<String, Object> parameters) {
    long number = numbers.incrementAndGet();
    CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
    calls.put(number, answer);
    Map<String, Object> message = new java.util.LinkedHashMap<>();
    message.put("id", number);
    message.put("method", method);
    message.put("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    send(Json.text(message));
    Map<String, Object> got = answer.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
    if (got.get("error") != null) {
      throw new Refusal(method + ": " + got.get("error"));
    }
    return (Map<String, Object>) got.get("result");
  }

  /** One message at a time. */
  private synchronized void send(String text) {
    socket.sendText(text, true).orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    partial.append(text);
    if (last) {
      hear(Json.object(partial.toString()));
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void hear(Map<String, Object> message) {
    if (message.get("id") instanceof Long number) {
      calls.remove(number).complete(message);
    } else if (message.get("sessionId") instanceof String session && tabs.containsKey(session)) {
      tabs.get(session).hear(message);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (process == null) {
      return;
    }
    if (socket != null) {
      socket.abort();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(Chromium::delete);
    } catch (UncheckedIOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A part of Chromium's profile stays behind.", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A file of Chromium's stays behind.", e);
    }
  }
}
