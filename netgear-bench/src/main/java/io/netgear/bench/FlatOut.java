package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.ReceivedFrame;
import io.netgear.SenderBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Frames from a sender to a receiver in this process, one after the other without a pause. */
final class FlatOut implements Turns.Side {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /**
   * How frames go.
   *
   * @param window how many may be on their way without an answer
   * @param compressed whether they are encoded and decoded
   */
  record Way(String pattern, int window, boolean compressed) {
    /** Whether the next frame waits for the answer to this one. */
    boolean isAnswered() {
      return window == 1 && !pattern.equals("push-pull");
    }

    @Override
    public String toString() {
      return window == 1 ? pattern : pattern + ", window " + window;
    }
  }

  private final List<Frame> frames;
  private final Certificates certificates;
  private final FrameReceiver receiver;
  private final FrameSender sender;
  private final Semaphore read = new Semaphore(0);

  /**
   * Opens both ends.
   *
   * @param frames that take turns; of one format
   * @param address where the receiver binds
   */
  FlatOut(Way way, List<Frame> frames, String transport, String address) {
    this.frames = frames;
    certificates = Certificates.of(address);
    receiver =
        certificates
            .given(NetGear.receiver(address))
            .transport(transport)
            .pattern(way.pattern())
            .open();
    SenderBuilder builder =
        certificates
            .given(NetGear.sender(receiver.addresses().get(0).toString()))
            .transport(transport)
            .pattern(way.pattern())
            .window(way.window());
    sender = (way.compressed() ? builder : builder.uncompressed()).open();
    Thread consumer = new Thread(this::consume, "consumer");
    consumer.setDaemon(true);
    consumer.start();
  }

  private void consume() {
    while (!receiver.ended()) {
      try (ReceivedFrame received = receiver.recv(LIMIT).orElse(null)) {
        if (received != null) {
          if (!received.frame().format().equals(frames.get(0).format())) {
            throw new IllegalStateException("Another frame arrived than was sent.");
          }
          read.release();
        }
      }
    }
  }

  @Override
  public void move(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      if (!sender.send(frames.get(i % frames.size())).delivered()) {
        throw new IllegalStateException("Frame " + i + " was not delivered.");
      }
    }
    read.acquire(count);
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
    certificates.close();
  }
}
