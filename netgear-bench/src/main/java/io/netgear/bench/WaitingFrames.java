package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.Jpeg;
import io.netgear.NetGear;
import io.netgear.QueuePolicy;
import io.netgear.ReceivedFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A receiver for which several encoded frames wait at a time, sent by who does not encode them
 * anew. Both ends in this process, used by one thread.
 */
final class WaitingFrames implements AutoCloseable {
  /** Frames that wait. */
  static final int BLOCK = 12;

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<ReceivedFrame> encoded = new ArrayList<>();
  private final FrameSender sender;
  private final FrameReceiver receiver;

  /**
   * Encodes {@code frames} once and opens both ends.
   *
   * @param jpeg how to encode and to decode; without restart markers where {@code threads} is 1
   * @param decodeAhead frames decoded before they are asked for
   */
  WaitingFrames(String transport, List<Frame> frames, Jpeg jpeg, int decodeAhead) {
    try {
      encode(frames, jpeg);
      receiver =
          add(
              NetGear.receiver(Loopback.TCP)
                  .transport(transport)
                  .pattern("push-pull")
                  .queue(QueuePolicy.HOLD_BACK)
                  .queueDepth(BLOCK)
                  // Nobody decodes the same picture twice in a row, but with several decoders.
                  .compression(jpeg.reuse(false))
                  .decodeAhead(decodeAhead)
                  .open());
      sender = sender(receiver, transport, jpeg);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void encode(List<Frame> frames, Jpeg jpeg) {
    FrameReceiver first =
        add(NetGear.receiver(Loopback.TCP).pattern("push-pull").encodedOnly().open());
    FrameSender camera = sender(first, "zmq", jpeg);
    for (Frame frame : frames) {
      camera.send(frame);
      encoded.add(add(receive(first)));
    }
  }

  private FrameSender sender(FrameReceiver to, String transport, Jpeg jpeg) {
    return add(
        NetGear.sender(to.addresses().get(0).toString())
            .transport(transport)
            .pattern("push-pull")
            .compression(jpeg)
            .open());
  }

  private <T extends AutoCloseable> T add(T one) {
    open.add(0, one);
    return one;
  }

  private static ReceivedFrame receive(FrameReceiver from) {
    return from.recv(LIMIT)
        .orElseThrow(() -> new IllegalStateException("A frame did not arrive: " + from.stats()));
  }

  /** Sends {@link #BLOCK} frames, takes them all out, and gives the last one's number. */
  long run() {
    for (int i = 0; i < BLOCK; i++) {
      sender.forward(encoded.get(i % encoded.size()));
    }
    long last = 0;
    for (int i = 0; i < BLOCK; i++) {
      try (ReceivedFrame received = receive(receiver)) {
        last = received.sequence();
      }
    }
    return last;
  }

  @Override
  public void close() {
    for (AutoCloseable one : open) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException("An end of the stream could not be closed: " + e, e);
      }
    }
  }
}
