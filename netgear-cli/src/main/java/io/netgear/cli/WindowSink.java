package io.netgear.cli;

import io.netgear.FrameReceiver;
import io.netgear.ReceivedFrame;
import io.netgear.video.javacv.ViewerWindow;

/** Shows frames in a window, until it is closed. */
record WindowSink(ViewerWindow window) implements FrameSink {
  static WindowSink open(FrameReceiver receiver) {
    return new WindowSink(ViewerWindow.open("NetGear " + receiver.addresses().get(0)));
  }

  @Override
  public void take(ReceivedFrame frame) {
    window.show(frame);
  }

  @Override
  public boolean wantsMore() {
    return !window.isClosed();
  }

  @Override
  public void close() {
    window.close();
  }
}
