package io.netgear.video.javacv;

import io.netgear.Frame;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shows frames as coloured half blocks in the terminal, over ssh too.
 *
 * <p>Uses 24-bit colours where {@code COLORTERM} promises them and 256 otherwise, fits the
 * terminal's size as it changes, and puts the terminal back as it was at {@link #close} or when the
 * program ends. A thread of its own ({@code netgear-terminal}) does the writing, so a slow line
 * costs frames, not time: {@link #show} skips a frame while the one before is still being written.
 * {@code show} is for one thread at a time.
 */
public final class TerminalViewer implements AutoCloseable {
  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
  private static final String LEAVE = "\u001b[0m\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String NEXT_LINE = "\u001b[K\r\n";
  private static final String CLEAR_REST = "\u001b[K\u001b[J";
  private static final double MOST_RATE = 1000;

  private final Terminal terminal;
  private final HalfBlocks blocks = new HalfBlocks();
  private final boolean trueColor = Terminal.trueColor();
  private final long periodNanos;
  private final ArrayBlockingQueue<String> pictures = new ArrayBlockingQueue<>(1);
  private final AtomicBoolean writing = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread writer = new Thread(this::run, "netgear-terminal");
  private final Thread restorer = new Thread(this::restore, "netgear-terminal-restore");
  private volatile IOException failure;
  private long lastNanos;
  private boolean shown;

  private TerminalViewer(Terminal terminal, double framesPerSecond) {
    this.terminal = terminal;
    this.periodNanos = (long) (1e9 / framesPerSecond);
  }

  /**
   * Takes the terminal over.
   *
   * @param framesPerSecond most pictures a second; 15 is plenty over a network
   * @throws VideoException if this process has no terminal, or one that says {@code TERM=dumb}
   */
  public static TerminalViewer open(double framesPerSecond) {
    if (!(framesPerSecond > 0 && framesPerSecond <= MOST_RATE)) {
      throw new IllegalArgumentException(
          "Frames per second are more than 0 and at most 1000, got " + framesPerSecond + ".");
    }
    TerminalViewer viewer =
        new TerminalViewer(Terminal.open(System.getenv("TERM")), framesPerSecond);
    viewer.start();
    return viewer;
  }

  private void start() {
    try {
      terminal.write(ENTER);
    } catch (IOException e) {
      failure = e;
      restore();
      throw new VideoException("The terminal cannot be written to: " + e.getMessage() + ".", e);
    }
    Runtime.getRuntime().addShutdownHook(restorer);
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Shows a picture with a line of text below it, or skips it where it is too soon for the next.
   * Done with the frame on return.
   *
   * @throws VideoException if the terminal has gone
   */
  public void show(Frame frame, String caption) {
    if (!frame.format().isPicture()) {
      throw new IllegalArgumentException(
          "Only pictures can be shown, this is " + frame.format() + ".");
    }
    if (failure != null) {
      throw new VideoException(
          "The terminal cannot be written to any more: " + failure.getMessage() + ".", failure);
    }
    long now = System.nanoTime();
    if (closed.get()
        || (shown && now - lastNanos < periodNanos)
        || !writing.compareAndSet(false, true)) {
      return;
    }
    shown = true;
    lastNanos = now;
    Terminal.Size size = terminal.size();
    StringBuilder text = new StringBuilder(HOME);
    try {
      blocks.render(
          frame, size.columns(), Math.max(1, size.rows() - 1), trueColor, NEXT_LINE, text);
    } catch (IOException e) {
      throw new IllegalStateException("a StringBuilder does not fail", e);
    }
    String line = caption.replaceAll("\\p{Cntrl}", " ");
    text.append(NEXT_LINE).append(line, 0, Math.min(line.length(), size.columns()));
    pictures.add(text.append(CLEAR_REST).toString());
  }

  /**
   * Writes one picture as lines of text with colour codes.
   *
   * @param columns most cells in a line; a cell shows two pixels, one above the other
   * @param rows most lines
   * @param trueColor 24-bit colours, or else the 256 of older terminals
   */
  public static void renderTo(Appendable out, Frame frame, int columns, int rows, boolean trueColor)
      throws IOException {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "A picture needs at least one cell, got " + columns + "x" + rows + ".");
    }
    new HalfBlocks().render(frame, columns, rows, trueColor, "\n", out);
    out.append("\n");
  }

  private void run() {
    try {
      while (!closed.get()) {
        write(pictures.take());
        writing.set(false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // told to end
    } catch (IOException e) {
      failure = e;
    }
  }

  private synchronized void write(String text) throws IOException {
    if (!closed.get()) {
      terminal.write(text);
    }
  }

  /** Puts the terminal back. Closing twice does nothing. */
  @Override
  public void close() {
    restore();
    writer.interrupt();
    try {
      Runtime.getRuntime().removeShutdownHook(restorer);
    } catch (IllegalStateException e) {
      System.getLogger(TerminalViewer.class.getName())
          .log(System.Logger.Level.TRACE, "the program is ending already", e);
    }
  }

  private synchronized void restore() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (terminal) {
      if (failure == null) {
        terminal.write(LEAVE);
      }
    } catch (IOException e) {
      failure = e;
    }
  }
}
