package io.netgear;

import io.netgear.internal.providers.Providers;
import java.util.List;

/**
 * The front door: video frames from one program to another, in real time.
 *
 * <pre>{@code
 * try (FrameSender sender = NetGear.sender("tcp://192.168.1.20:5454")
 *     .pattern("request-reply")
 *     .compression(Jpeg.of(PixelFormat.BGR).quality(95))
 *     .open()) {
 *   Receipt receipt = sender.send(frame, "Hello, I am a sender.");
 * }
 *
 * try (FrameReceiver receiver = NetGear.receiver("tcp://*:5454").pattern("request-reply").open()) {
 *   while (!receiver.ended()) {
 *     try (ReceivedFrame received = receiver.recv(Duration.ofSeconds(1)).orElse(null)) {
 *       if (received != null) {
 *         show(received.frame(), received.message(), received.age());
 *       }
 *     }
 *   }
 * }
 * }</pre>
 */
public final class NetGear {
  private NetGear() {}

  /** Asks for a sender, which connects to {@code tcp://localhost:5555} unless told otherwise. */
  public static SenderBuilder sender() {
    return new SenderBuilder();
  }

  /** Asks for a sender to {@code addresses}, each {@code tcp://host:port} or a part of it. */
  public static SenderBuilder sender(String... addresses) {
    return sender().address(addresses);
  }

  /** Asks for a receiver, which binds to {@code tcp://127.0.0.1:5555} unless told otherwise. */
  public static ReceiverBuilder receiver() {
    return new ReceiverBuilder();
  }

  /**
   * Asks for a receiver at {@code addresses}, each {@code tcp://host:port} or a part of it; {@code
   * *} is every interface.
   */
  public static ReceiverBuilder receiver(String... addresses) {
    return receiver().address(addresses);
  }

  /**
   * All plug-ins that the calling thread's context class loader and NetGear itself can see, the
   * broken ones with the reason. Asks each whether it works, so native libraries are loaded.
   */
  public static List<ProviderInfo> providers() {
    return Providers.visibleTo(null).all();
  }
}
