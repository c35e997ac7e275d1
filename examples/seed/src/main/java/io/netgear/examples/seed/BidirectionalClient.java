package io.netgear.examples.seed;

import io.netgear.Frame;
import io.netgear.FrameReceiver;
import io.netgear.NetGear;
import io.netgear.ReceivedFrame;
import io.netgear.ReceiverBuilder;
import io.netgear.Reply;
import io.netgear.video.javacv.FrameSource;
import io.netgear.video.javacv.FrameSources;
import io.netgear.video.javacv.SourceOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Returns a frame of its own video for each frame that arrives, and shows that with its message.
 * Arguments: the source (the test pattern if left out) and the address to listen at.
 */
public final class BidirectionalClient {
  private BidirectionalClient() {}

  /** Runs it. */
  public static void main(String... args) {
    Failures.inOneSentence();
    String source = args.length > 0 ? args[0] : "test";
    String address = args.length > 1 ? args[1] : "tcp://127.0.0.1:5555";

    try (FrameSource stream = FrameSources.open(source, reduced());
        FrameReceiver client = client(address).open();
        Output output = Output.open("Output Frame")) {
      CtrlC.closes(client::close);
      receive(stream, client, output);
      System.out.println("Received " + client.stats().delivered() + " frames.");
    }
  }

  static SourceOptions reduced() {
    return SourceOptions.defaults().reducer(20); // frames smaller by 20 %
  }

  static ReceiverBuilder client(String address) {
    // both ends say how they compress: each for what it sends
    Map<String, Object> options =
        Map.of(
            "bidirectional_mode", true,
            "jpeg_compression", true,
            "jpeg_compression_quality", 95,
            "jpeg_compression_fastdct", true,
            "jpeg_compression_fastupsample", true);
    return NetGear.receiver(address).pattern(1).options(options);
  }

  static void receive(FrameSource stream, FrameReceiver client, Output output) {
    Optional<Frame> frame = stream.next();
    while (frame.isPresent() && !client.ended() && !output.isClosed()) {
      Reply reply = Reply.frame(frame.get());

      // receive frame and data from the server, and send our frame for it
      try (ReceivedFrame received = client.recv(Duration.ofSeconds(1), reply).orElse(null)) {
        if (received != null) {
          // {do something with the frame and the data here}

          output.show(received.frame(), received.message());
          frame = stream.next();
        }
      }
    }
  }
}
