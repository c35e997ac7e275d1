package io.netgear.cli;

import io.netgear.ReceivedFrame;
import java.util.concurrent.atomic.AtomicInteger;

/** A received frame with several users: the last of them to be done closes it. */
final class SharedFrame {
  private final ReceivedFrame frame;
  private final AtomicInteger users;

  SharedFrame(ReceivedFrame frame, int users) {
    this.frame = frame;
    this.users = new AtomicInteger(users);
  }

  ReceivedFrame frame() {
    return frame;
  }

  /** One user less. */
  void done() {
    if (users.decrementAndGet() == 0) {
      frame.close();
    }
  }
}
