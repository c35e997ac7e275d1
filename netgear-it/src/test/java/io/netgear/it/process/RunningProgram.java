package io.netgear.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A process that a test started. What it writes is kept; waiting for something that does not come
 * fails with all that it wrote. For one test thread.
 */
public final class RunningProgram implements AutoCloseable {
  /** Far more than anything takes; only a hang comes so far. */
  public static final Duration LIMIT = Duration.ofSeconds(90);

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers;

  private RunningProgram(Process process) {
    this.process = process;
    this.readers =
        List.of(read(process.getInputStream(), out), read(process.getErrorStream(), err));
  }

  static RunningProgram start(List<String> commandLine) {
    ProcessBuilder builder = new ProcessBuilder(Signals.unmasked(commandLine));
    // These would change what the JVM does and what it writes.
    builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    try {
      return new RunningProgram(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Thread read(InputStream stream, List<String> lines) {
    Thread thread = new Thread(() -> copy(stream, lines), "output-of-" + process.pid());
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void copy(InputStream stream, List<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        signalChange();
      }
    } catch (IOException e) {
      lines.add("(cut off: " + e + ")");
    } finally {
      signalChange();
    }
  }

  private synchronized void signalChange() {
    notifyAll();
  }

  /** Its standard output so far. */
  public List<String> out() {
    return List.copyOf(out);
  }

  /** Its standard error so far, as one text. */
  public String err() {
    return String.join("\n", err);
  }

  /** The process, for what only some tests ask. */
  public Process process() {
    return process;
  }

  /** Waits for a line of output or of error that has {@code part} in it. */
  public String awaitLine(String part) {
    await("a line with '" + part + "'", () -> lines().anyMatch(line -> line.contains(part)));
    return lines().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }

  private Stream<String> lines() {
    return Stream.concat(out.stream(), err.stream());
  }

  /** Waits until it tells, from now on, that frames get through. */
  public void awaitProgress() {
    int told = out.size();
    await(
        "progress",
        () -> {
          List<Long> frames =
              out().stream()
                  .skip(told)
                  .filter(RunningProgram::isProgress)
                  .map(Json::object)
                  .map(event -> (Long) event.get("frames"))
                  .toList();
          return !frames.isEmpty()
              && frames.get(frames.size() - 1) > 0
              && (frames.size() == 1 || frames.get(frames.size() - 1) > frames.get(0));
        });
  }

  /** Waits until it tells that {@code more} frames have got through than it has told of so far. */
  public void awaitMoreFrames(long more) {
    long before = framesTold();
    await(more + " more frames than " + before, () -> framesTold() >= before + more);
  }

  /** Waits for so many more lines about its progress, which come each second. */
  public void awaitEvents(int more) {
    long before = out().stream().filter(RunningProgram::isProgress).count();
    await(
        more + " more events",
        () -> out().stream().filter(RunningProgram::isProgress).count() >= before + more);
  }

  private long framesTold() {
    return out().stream()
        .filter(RunningProgram::isProgress)
        .mapToLong(line -> (Long) Json.object(line).get("frames"))
        .reduce(0, (earlier, later) -> later);
  }

  private static boolean isProgress(String line) {
    return line.startsWith("{") && line.contains("\"event\":\"progress\"");
  }

  private synchronized void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      boolean over = left <= 0 || readers.stream().noneMatch(Thread::isAlive);
      if (over && !condition.getAsBoolean()) {
        throw new AssertionError("There is no " + what + " in " + this);
      }
      if (over) {
        return;
      }
      try {
        wait(Math.min(left, 500));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("Interrupted while waiting for " + what, e);
      }
    }
  }

  /** Waits for its end and gives the exit status. */
  public int awaitExit() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("There is no end of " + this);
      }
      for (Thread reader : readers) {
        reader.join(LIMIT.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for the end of " + this, e);
    }
    return process.exitValue();
  }

  /** Waits for its end, which is to be in good order, and gives the summary that it printed. */
  public Summary awaitSummary() {
    assertThat(awaitExit()).as("exit status of %s", this).isZero();
    assertThat(withoutRefusals()).as("complaints of %s", this).isEmpty();
    return lastLine();
  }

  /** Waits for its end as a failure, and gives the summary that it printed. */
  public Summary awaitFailedSummary() {
    assertThat(awaitExit()).as("exit status of %s", this).isEqualTo(1);
    assertOneSentence();
    return lastLine();
  }

  /** What it printed last, when it has ended, whatever it complained of before. */
  public Summary summary() {
    return lastLine();
  }

  private Summary lastLine() {
    assertThat(out).as("output of %s", this).isNotEmpty();
    return new Summary(Json.object(out.get(out.size() - 1)));
  }

  /** Waits for its end with {@code status}, and gives what it said to that. */
  public String awaitComplaint(int status) {
    assertThat(awaitExit()).as("exit status of %s", this).isEqualTo(status);
    assertOneSentence();
    return err();
  }

  private void assertOneSentence() {
    // The JVM has its own to say, beforehand, on libraries that it is told to load.
    boolean jvmSpoke = err.stream().anyMatch(line -> line.contains(" VM warning: "));
    List<String> ours =
        withoutRefusals().stream()
            .dropWhile(line -> jvmSpoke && !line.startsWith("netgear: "))
            .toList();
    assertThat(ours).as("complaints of %s", this).isNotEmpty();
    assertThat(ours.get(0)).startsWith("netgear: ");
    assertThat(ours).filteredOn(line -> line.startsWith("netgear: ")).hasSize(1);
    assertThat(ours).noneMatch(line -> line.matches("\\s+at .*|.*Exception in thread.*"));
  }

  /** What it said of peers that it turned away, or that turned it away. */
  public List<String> refusals() {
    return err.stream().filter(RunningProgram::isRefusal).toList();
  }

  private List<String> withoutRefusals() {
    return err.stream().filter(line -> !isRefusal(line)).toList();
  }

  private static boolean isRefusal(String line) {
    return line.startsWith("netgear: warning: Refused ");
  }

  /** As Ctrl+C does. */
  public void interrupt() {
    signal("INT");
  }

  /** Without a chance to do anything any more. */
  public void kill() {
    signal("KILL");
    awaitExit();
  }

  /** Without being told: it does nothing any more, and its connections stand. */
  public void suspend() {
    signal("STOP");
  }

  /** After {@link #suspend}. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
      assertThat(kill.waitFor()).as("status of kill -%s", name).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while sending a signal", e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return String.join(" ", process.info().arguments().orElse(new String[0]))
        + "\nstatus: "
        + (process.isAlive() ? "runs" : process.exitValue())
        + "\noutput:\n"
        + String.join("\n", out)
        + "\nerror:\n"
        + err();
  }
}
