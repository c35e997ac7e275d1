package io.netgear.video.javacv;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The terminal that this process runs in. */
final class Terminal implements AutoCloseable {
  private static final File DEVICE = new File("/dev/tty");
  private static final long SIZE_VALID_NS = TimeUnit.SECONDS.toNanos(1);

  /** In character cells. */
  record Size(int columns, int rows) {}

  private final OutputStream out;
  private Size size;
  private long sizeAtNanos;

  private Terminal(OutputStream out) {
    this.out = out;
  }

  /**
   * The controlling terminal, also where standard output goes elsewhere.
   *
   * @param term what {@code TERM} says of it, null for nothing
   * @throws VideoException if there is none, or it cannot show pictures
   */
  static Terminal open(String term) {
    if ("dumb".equals(term)) {
      throw new VideoException(
          "This terminal cannot show pictures, it says TERM=dumb: run this from another one, or"
              + " look at a window.");
    }
    if (File.separatorChar == '\\') {
      return new Terminal(new FileOutputStream(FileDescriptor.out));
    }
    try {
      return new Terminal(new FileOutputStream(DEVICE));
    } catch (IOException e) {
      throw new VideoException(
          "There is no terminal to show pictures in (" + e.getMessage() + "): run this from one.",
          e);
    }
  }

  /** Asked anew once a second, since windows are resized. */
  Size size() {
    long now = System.nanoTime();
    if (size == null || now - sizeAtNanos > SIZE_VALID_NS) {
      sizeAtNanos = now;
      size = ask();
    }
    return size;
  }

  private static Size ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(DEVICE)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      String[] parts = answer.split(" ", -1);
      if (answer.matches("[1-9]\\d{0,3} [1-9]\\d{0,3}")) {
        return new Size(Integer.parseInt(parts[1]), Integer.parseInt(parts[0]));
      }
    } catch (IOException e) {
      System.getLogger(Terminal.class.getName())
          .log(System.Logger.Level.DEBUG, "stty does not tell the terminal's size", e);
    }
    return new Size(environment("COLUMNS", 80), environment("LINES", 24));
  }

  private static int environment(String name, int otherwise) {
    String value = System.getenv(name);
    return value != null && value.matches("[1-9]\\d{0,3}") ? Integer.parseInt(value) : otherwise;
  }

  /** Whether 24-bit colours are promised; 256 are taken for granted. */
  static boolean trueColor() {
    String promise = System.getenv("COLORTERM");
    return promise != null && promise.matches("(?i).*(truecolor|24bit).*");
  }

  void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Standard output, where that is the terminal, stays open for others. */
  @Override
  public void close() throws IOException {
    if (File.separatorChar != '\\') {
      out.close();
    }
  }
}
