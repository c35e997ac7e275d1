package io.netgear.examples.seed;

import io.netgear.Frame;
import io.netgear.video.javacv.TerminalViewer;
import io.netgear.video.javacv.VideoException;
import io.netgear.video.javacv.ViewerWindow;

/** Where frames are shown: in a window; without a display, in the terminal; else nowhere. */
interface Output extends AutoCloseable {
  /** Shows a frame and the message that came with it, null for none. */
  void show(Frame frame, Object message);

  /** Whether the user has closed it. */
  boolean isClosed();

  @Override
  void close();

  /** Opens the best that there is here. */
  static Output open(String title) {
    try {
      return window(ViewerWindow.open(title));
    } catch (VideoException noDisplay) {
      System.out.println(noDisplay.getMessage());
    }
    try {
      return terminal(TerminalViewer.open(15), title);
    } catch (VideoException noTerminal) {
      System.out.println(noTerminal.getMessage());
    }
    return nowhere();
  }

  private static Output window(ViewerWindow window) {
    return new Output() {
      @Override
      public void show(Frame frame, Object message) {
        if (message != null) {
          System.out.println(message);
        }
        window.show(frame, null);
      }

      @Override
      public boolean isClosed() {
        return window.isClosed();
      }

      @Override
      public void close() {
        window.close();
      }
    };
  }

  private static Output terminal(TerminalViewer terminal, String title) {
    return new Output() {
      @Override
      public void show(Frame frame, Object message) {
        terminal.show(frame, message == null ? title : message.toString());
      }

      @Override
      public boolean isClosed() {
        return false;
      }

      @Override
      public void close() {
        terminal.close();
      }
    };
  }

  private static Output nowhere() {
    return new Output() {
      @Override
      public void show(Frame frame, Object message) {
        if (message != null) {
          System.out.println(message);
        }
      }

      @Override
      public boolean isClosed() {
        return false;
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }
}
