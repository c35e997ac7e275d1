package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.ReceivedFrame;
import java.awt.AWTError;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Locale;
import javax.swing.AbstractAction;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/**
 * A window that shows frames; q or its own button closes it.
 *
 * <p>Shows the newest frame only, in its own shape, whatever size the window or the stream takes.
 * The title tells the picture's size, the frames per second and, where known, how old they are when
 * shown. {@link #show} may be called from any thread, one at a time; it copies the picture and does
 * not wait for the screen.
 */
public final class ViewerWindow implements AutoCloseable {
  private static final long TITLE_PERIOD_NS = 500_000_000;

  private final String name;
  private final PicturePane pane = new PicturePane();
  private JFrame window;
  private volatile boolean closed;
  private boolean sized;
  private int framesSinceTitle;
  private long titleNanos = System.nanoTime();

  private ViewerWindow(String name) {
    this.name = name;
  }

  /**
   * Opens a window with {@code name} in its title.
   *
   * @throws VideoException if there is no screen to show it on
   */
  public static ViewerWindow open(String name) {
    try {
      if (GraphicsEnvironment.isHeadless()) {
        throw noScreen("this Java or this session has no display", null);
      }
      ViewerWindow viewer = new ViewerWindow(name);
      SwingUtilities.invokeAndWait(viewer::build);
      return viewer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VideoException("Interrupted while the window was being opened.", e);
    } catch (InvocationTargetException e) {
      throw noScreen(String.valueOf(e.getCause().getMessage()), e.getCause());
    } catch (AWTError | LinkageError e) {
      throw noScreen(String.valueOf(e.getMessage()), e);
    }
  }

  private static VideoException noScreen(String why, Throwable cause) {
    return new VideoException(
        "No window can be opened: "
            + why
            + ". Set DISPLAY, or look at the pictures in the terminal instead.",
        cause);
  }

  private void build() {
    window = new JFrame(name);
    window.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    window.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosed(WindowEvent e) {
            closed = true;
          }
        });
    window
        .getRootPane()
        .getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW)
        .put(KeyStroke.getKeyStroke(KeyEvent.VK_Q, 0), "close");
    window
        .getRootPane()
        .getActionMap()
        .put(
            "close",
            new AbstractAction() {
              @Override
              public void actionPerformed(java.awt.event.ActionEvent e) {
                window.dispose();
              }
            });
    window.add(pane);
  }

  /** {@link #show(Frame, Duration)} with the frame's own age. */
  public void show(ReceivedFrame received) {
    show(received.frame(), received.age());
  }

  /**
   * Shows a picture. Done with the frame on return; does nothing once the window is closed.
   *
   * @param age how old the picture is; null where nobody knows
   */
  public synchronized void show(Frame frame, Duration age) {
    if (closed) {
      return;
    }
    pane.show(frame);
    framesSinceTitle++;
    long now = System.nanoTime();
    if (!sized) {
      sized = true;
      int width = frame.format().width();
      int height = frame.format().height();
      SwingUtilities.invokeLater(() -> appear(width, height));
    } else if (now - titleNanos >= TITLE_PERIOD_NS) {
      String title = title(frame, framesSinceTitle * 1e9 / (now - titleNanos), age);
      titleNanos = now;
      framesSinceTitle = 0;
      SwingUtilities.invokeLater(() -> window.setTitle(title));
    }
  }

  private String title(Frame frame, double rate, Duration age) {
    String text =
        String.format(
            Locale.ROOT,
            "%s - %dx%d - %.1f frames/s",
            name,
            frame.format().width(),
            frame.format().height(),
            rate);
    return age == null
        ? text
        : String.format(Locale.ROOT, "%s - %.1f ms", text, age.toNanos() / 1e6);
  }

  /** In the first picture's own size, or as much of the screen as that needs. */
  private void appear(int width, int height) {
    if (closed) {
      return; // a window that was disposed of must not come back
    }
    Rectangle screen = GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
    double scale = Math.min(1, Math.min(screen.width * 0.9 / width, screen.height * 0.9 / height));
    pane.setPreferredSize(
        new Dimension(Math.max(160, (int) (width * scale)), Math.max(120, (int) (height * scale))));
    window.pack();
    window.setLocationByPlatform(true);
    window.setVisible(true);
  }

  /** Whether the window was closed, by q, by its button or by {@link #close}. */
  public boolean isClosed() {
    return closed;
  }

  /** Closes the window. Closing twice does nothing. */
  @Override
  public void close() {
    closed = true;
    SwingUtilities.invokeLater(window::dispose);
  }
}
