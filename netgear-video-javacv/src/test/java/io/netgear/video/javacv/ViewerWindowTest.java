package io.netgear.video.javacv;

import static io.netgear.video.javacv.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.awt.AWTException;
import java.awt.Color;
import java.awt.Container;
import java.awt.GraphicsEnvironment;
import java.awt.Point;
import java.awt.Robot;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;

/** Skips itself where there is no display; run it under Xvfb. */
class ViewerWindowTest {
  private static void needsDisplay() {
    assumeFalse(
        GraphicsEnvironment.isHeadless(), "no display: set DISPLAY, for example by xvfb-run");
  }

  private static JFrame window(String name) {
    return Arrays.stream(Window.getWindows())
        .filter(JFrame.class::isInstance)
        .map(JFrame.class::cast)
        .filter(frame -> frame.isShowing() && frame.getTitle().startsWith(name))
        .findFirst()
        .orElse(null);
  }

  private static <T> T onSwing(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    SwingUtilities.invokeLater(future);
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Frame filled(int width, int height, PixelFormat pixels, int red) {
    Frame rgb = Frame.allocate(FrameFormat.of(width, height, PixelFormat.RGB));
    for (int i = 0; i < rgb.format().byteSize(); i += 3) {
      rgb.pixels().put(i, (byte) red);
    }
    return new ColorConversion(PixelFormat.RGB, pixels).convert(rgb);
  }

  private static Color colorAt(Robot robot, JFrame window, double across, double down) {
    return onSwing(
        () -> {
          Container pane = window.getContentPane();
          Point corner = pane.getLocationOnScreen();
          return robot.getPixelColor(
              corner.x + (int) (pane.getWidth() * across),
              corner.y + (int) (pane.getHeight() * down));
        });
  }

  @Test
  void shouldShowTheNewestFrameInItsShapeThroughChangesOfSizeAndFormat() throws AWTException {
    needsDisplay();
    Robot robot = new Robot();
    try (ViewerWindow viewer = ViewerWindow.open("shape")) {
      viewer.show(filled(320, 240, PixelFormat.BGR, 200), Duration.ofMillis(3));
      await().until(() -> window("shape") != null);
      JFrame window = window("shape");
      await().until(() -> colorAt(robot, window, 0.5, 0.5).equals(new Color(200, 0, 0)));

      viewer.show(filled(640, 64, PixelFormat.ARGB, 100), null); // far wider: bars above and below
      await().until(() -> colorAt(robot, window, 0.5, 0.5).equals(new Color(100, 0, 0)));
      await().until(() -> colorAt(robot, window, 0.5, 0.1).equals(Color.BLACK));
      await().until(() -> colorAt(robot, window, 0.5, 0.9).equals(Color.BLACK));
      await().until(() -> colorAt(robot, window, 0.02, 0.5).equals(new Color(100, 0, 0)));

      viewer.show(filled(16, 640, PixelFormat.CMYK, 50), null);
      await().until(() -> colorAt(robot, window, 0.5, 0.9).equals(new Color(50, 0, 0)));
      await().until(() -> colorAt(robot, window, 0.1, 0.5).equals(Color.BLACK));
    }
  }

  @Test
  void shouldTellRateAndLatencyInItsTitle() {
    needsDisplay();
    try (ViewerWindow viewer = ViewerWindow.open("title")) {
      Frame frame = filled(320, 240, PixelFormat.BGR, 1);
      viewer.show(frame, null);
      await().until(() -> window("title") != null);
      await()
          .until(
              () -> {
                viewer.show(frame, Duration.ofMillis(12));
                return window("title")
                    .getTitle()
                    .matches("title - 320x240 - [1-9]\\d*\\.\\d frames/s - 12\\.0 ms");
              });
    }
  }

  @Test
  void shouldCloseOnQ() throws AWTException {
    needsDisplay();
    try (ViewerWindow viewer = ViewerWindow.open("keys")) {
      viewer.show(filled(320, 240, PixelFormat.BGR, 1), null);
      await().until(() -> window("keys") != null);
      JFrame window = window("keys");
      onSwing(
          () -> {
            // as the window system delivers it: without a window manager nothing gets the focus
            for (int id : new int[] {KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED}) {
              var pane = window.getContentPane().getComponent(0);
              SwingUtilities.processKeyBindings(key(pane, id));
            }
            return null;
          });
      await().until(viewer::isClosed);
      viewer.show(filled(32, 24, PixelFormat.BGR, 1), null);
      assertThat(window("keys")).isNull();
    }
  }

  private static KeyEvent key(java.awt.Component pane, int id) {
    return new KeyEvent(pane, id, System.currentTimeMillis(), 0, KeyEvent.VK_Q, 'q');
  }

  @Test
  void shouldCloseWithItsButton() {
    needsDisplay();
    try (ViewerWindow viewer = ViewerWindow.open("button")) {
      viewer.show(filled(320, 240, PixelFormat.BGR, 1), null);
      await().until(() -> window("button") != null);
      JFrame window = window("button");
      window.dispatchEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSING));
      await().until(viewer::isClosed);
    }
  }

  @Test
  void shouldNotWaitForTheScreen() throws InterruptedException, InvocationTargetException {
    needsDisplay();
    try (ViewerWindow viewer = ViewerWindow.open("busy")) {
      Frame frame = filled(320, 240, PixelFormat.BGR, 1);
      SwingUtilities.invokeAndWait(
          () -> {
            // Swing's thread is held here, and showing goes on
            Thread caller = new Thread(() -> showMany(viewer, frame));
            caller.start();
            try {
              caller.join(60_000);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            assertThat(caller.isAlive()).isFalse();
          });
    }
  }

  private static void showMany(ViewerWindow viewer, Frame frame) {
    for (int i = 0; i < 100; i++) {
      viewer.show(frame, null);
    }
  }

  /** Runs in a JVM of its own. */
  static final class Program {
    public static void main(String[] arguments) {
      ViewerWindow.open("nowhere");
    }
  }

  @Test
  void shouldSayThatThereIsNoScreen() throws IOException, InterruptedException {
    for (String display : List.of("", ":4711")) {
      ProcessBuilder builder =
          new ProcessBuilder(
              ChildJvm.java(), "-cp", ChildJvm.join(ChildJvm.classPath()), Program.class.getName());
      if (display.isEmpty()) {
        builder.environment().remove("DISPLAY");
      } else {
        builder.environment().put("DISPLAY", display);
      }
      ChildJvm.Result result = ChildJvm.execute(builder);
      assertThat(result.output())
          .contains("VideoException: No window can be opened: ")
          .contains("look at the pictures in the terminal instead");
      assertThat(result.status()).isEqualTo(1);
    }
  }
}
