package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.Receipt;
import io.netgear.ReceivedFrame;
import io.netgear.SenderBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Both ends of a stream in this process, used by one thread: a frame there, then the next. */
final class Loopback implements AutoCloseable {
  /** Any host's loopback and a free port. */
  static final String TCP = "tcp://127.0.0.1:0";

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SUBSCRIBING = Duration.ofMillis(100);

  private final List<Frame> frames;
  private final Certificates certificates;
  private final FrameReceiver receiver;
  private final FrameSender sender;

  /**
   * Opens both and waits until frames arrive, which takes a subscriber a moment.
   *
   * @param address where the receiver binds
   */
  Loopback(
      String transport, String address, String pattern, boolean compressed, List<Frame> frames) {
    this.frames = frames;
    certificates = Certificates.of(address);
    receiver =
        certificates.given(NetGear.receiver(address)).transport(transport).pattern(pattern).open();
    SenderBuilder builder =
        certificates
            .given(NetGear.sender(receiver.addresses().get(0).toString()))
            .transport(transport)
            .pattern(pattern);
    sender = (compressed ? builder : builder.uncompressed()).open();
    connect();
  }

  private void connect() {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      long sent = sender.send(frames.get(0)).sequence();
      Optional<ReceivedFrame> arrived = receiver.recv(SUBSCRIBING);
      while (arrived.isPresent()) {
        try (ReceivedFrame received = arrived.get()) {
          if (received.sequence() == sent) {
            return;
          }
        }
        arrived = receiver.recv(SUBSCRIBING);
      }
    }
    close();
    throw new IllegalStateException(
        "No frame came through the loopback in " + LIMIT.toSeconds() + " s.");
  }

  /** Sends picture {@code index}, takes it out at the other end, and gives its number. */
  long sendAndReceive(int index) {
    Receipt receipt = sender.send(frames.get(index));
    try (ReceivedFrame received =
        receiver
            .recv(LIMIT)
            .orElseThrow(
                () -> new IllegalStateException("A frame did not arrive: " + receipt + "."))) {
      if (received.sequence() != receipt.sequence()) {
        throw new IllegalStateException(
            "Frame " + receipt.sequence() + " was sent, " + received.sequence() + " arrived.");
      }
      return received.sequence();
    }
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
    certificates.close();
  }
}
