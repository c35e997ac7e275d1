package io.netgear.it.python;

import static org.junit.jupiter.api.Assumptions.abort;

import io.netgear.it.process.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The peer in src/test/python, one process for a test class, in which any number of ends run side
 * by side. Where Python or one of its packages is absent the tests are skipped and say so; with
 * {@value #DEMANDED} set to {@code true} in the environment they fail.
 */
final class PythonPeer implements BeforeAllCallback, AfterAllCallback {
  private static final String DEMANDED = "NETGEAR_DEMAND_PYTHON";
  private static final List<String> INTERPRETERS = List.of("/usr/bin/python3", "python3");
  private static final System.Logger LOG = System.getLogger(PythonPeer.class.getName());

  private final Map<String, PythonEnd> ends = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private String interpreter;
  private Process process;
  private Writer commands;
  private Thread reader;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    interpreter = INTERPRETERS.stream().filter(PythonPeer::hasPackages).findFirst().orElse(null);
    if (interpreter == null) {
      String why =
          "No python3 here imports zmq, numpy, cv2 and PIL, so NetGear was not tried against Python:"
              + " install python3-zmq, python3-numpy, python3-opencv and python3-pil.";
      if ("true".equals(System.getenv(DEMANDED))) {
        throw new AssertionError(why);
      }
      LOG.log(System.Logger.Level.WARNING, why);
      abort(why);
    }
    ProcessBuilder builder =
        new ProcessBuilder(interpreter, "-B", script().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    process = builder.start();
    commands = process.outputWriter(StandardCharsets.UTF_8);
    reader = new Thread(this::read, "python-peer");
    reader.setDaemon(true);
    reader.start();
  }

  /** A Python that has the packages. */
  String interpreter() {
    return interpreter;
  }

  private static boolean hasPackages(String interpreter) {
    try {
      Process trial =
          new ProcessBuilder(interpreter, "-c", "import zmq, numpy, cv2, PIL.Image")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return trial.waitFor() == 0;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "There is no " + interpreter, e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Where the peer's script lies: the tests run in their module's folder. */
  private static Path script() {
    return Path.of("src", "test", "python", "peer.py").toAbsolutePath();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Map<String, Object> event = Json.object(line);
        ends.get((String) event.get("id")).told(event);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The Python peer's output was cut off.", e);
    } finally {
      ends.values().forEach(PythonEnd::cutOff);
    }
  }

  /**
   * Starts an end and waits until it is bound or connecting.
   *
   * @param settings as peer.py describes them, without role and id
   */
  PythonEnd start(String role, Map<String, ?> settings) {
    String id = role + "-" + numbers.incrementAndGet();
    Map<String, Object> command = new HashMap<>(settings);
    command.put("role", role);
    command.put("id", id);
    PythonEnd end = new PythonEnd(id, this::command);
    ends.put(id, end);
    command(command);
    end.await("open");
    return end;
  }

  private void command(Map<String, ?> command) {
    synchronized (ends) {
      try {
        commands.write(Json.text(command) + "\n");
        commands.flush();
      } catch (IOException e) {
        throw new UncheckedIOException("The Python peer takes no commands any more.", e);
      }
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (process != null) {
      process.destroyForcibly();
      process.waitFor();
      reader.join(10_000);
    }
  }
}
