package com.example.modular;

import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.ProviderInfo;
import io.netgear.ReceivedFrame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Tells which plug-ins there are, and streams a moving picture from a sender to a receiver of the
 * same program. Argument: the codec to send with, {@code turbojpeg} if left out.
 */
public final class Main {
  private static final int FRAMES = 10;

  private Main() {}

  /** Runs it. */
  public static void main(String... args) {
    String codec = args.length > 0 ? args[0] : "turbojpeg";

    System.out.println("running in " + Main.class.getModule());
    for (ProviderInfo plugin : NetGear.providers()) {
      System.out.println(
          plugin.kind().label()
              + " "
              + plugin.name()
              + " from "
              + plugin.origin()
              + (plugin.usable() ? "" : " does not work here: " + plugin.detail()));
    }

    try (FrameReceiver receiver =
            NetGear.receiver("tcp://127.0.0.1:0").pattern("request-reply").open();
        FrameSender sender =
            NetGear.sender(receiver.addresses().get(0).toString())
                .pattern("request-reply")
                .codec(codec)
                .open()) {
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(sender));
      int received = receive(receiver);
      sending.join();
      System.out.println("received " + received + " of " + FRAMES + " frames");
    }
  }

  private static void send(FrameSender sender) {
    try (sender) {
      Ball ball = new Ball();
      for (int i = 0; i < FRAMES; i++) {
        sender.send(ball.next(), i);
      }
    }
  }

  private static int receive(FrameReceiver receiver) {
    int frames = 0;
    while (!receiver.ended()) {
      try (ReceivedFrame received = receiver.recv(Duration.ofSeconds(1)).orElse(null)) {
        if (received != null) {
          frames++;
          System.out.println(
              "frame " + received.message() + ": " + received.encoding() + ", " + received.frame());
        }
      }
    }
    return frames;
  }
}
