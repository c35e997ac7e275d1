package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.ReceivedFrame;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Uncompressed frames from a sender to a receiver in this process. */
final class RawStream implements RawThroughput.Side {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** A pattern, and how many frames may be on their way without an answer. */
  record Way(String pattern, int window) {
    /** Whether the next frame waits for the answer to this one. */
    boolean isAnswered() {
      return window == 1 && !pattern.equals("push-pull");
    }

    @Override
    public String toString() {
      return window == 1 ? pattern : pattern + ", window " + window;
    }
  }

  private final Frame frame;
  private final Certificates certificates;
  private final FrameReceiver receiver;
  private final FrameSender sender;
  private final Semaphore read = new Semaphore(0);

  /**
   * Opens both ends.
   *
   * @param address where the receiver binds
   */
  RawStream(Way way, Frame frame, String transport, String address) {
    this.frame = frame;
    certificates = Certificates.of(address);
    receiver =
        certificates
            .given(NetGear.receiver(address))
            .transport(transport)
            .pattern(way.pattern())
            .open();
    sender =
        certificates
            .given(NetGear.sender(receiver.addresses().get(0).toString()))
            .transport(transport)
            .pattern(way.pattern())
            .window(way.window())
            .uncompressed()
            .open();
    Thread consumer = new Thread(this::consume, "consumer");
    consumer.setDaemon(true);
    consumer.start();
  }

  private void consume() {
    while (!receiver.ended()) {
      try (ReceivedFrame received = receiver.recv(LIMIT).orElse(null)) {
        if (received != null) {
          if (received.frame().format().byteSize() != frame.format().byteSize()) {
            throw new IllegalStateException("Another frame arrived than was sent.");
          }
          read.release();
        }
      }
    }
  }

  @Override
  public void move(int frames) throws InterruptedException {
    for (int i = 0; i < frames; i++) {
      if (!sender.send(frame).delivered()) {
        throw new IllegalStateException("Frame " + i + " was not delivered.");
      }
    }
    read.acquire(frames);
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
    certificates.close();
  }
}
