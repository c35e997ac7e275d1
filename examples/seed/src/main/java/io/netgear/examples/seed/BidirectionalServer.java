package io.netgear.examples.seed;

import io.netgear.Frame;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.Receipt;
import io.netgear.SenderBuilder;
import io.netgear.video.javacv.FrameSource;
import io.netgear.video.javacv.FrameSources;
import io.netgear.video.javacv.SourceOptions;
import java.util.Map;
import java.util.Optional;

/**
 * Sends a video with a message to each frame, and shows the frames that the client returns for
 * them. Arguments: the source (the test pattern if left out) and the client's address.
 */
public final class BidirectionalServer {
  private BidirectionalServer() {}

  /** Runs it. */
  public static void main(String... args) {
    Failures.inOneSentence();
    String source = args.length > 0 ? args[0] : "test";
    String address = args.length > 1 ? args[1] : "tcp://localhost:5555";

    try (FrameSource stream = FrameSources.open(source, reduced().realTime(true));
        FrameSender server = server(address).open();
        Output output = Output.open("Received Frame")) {
      CtrlC.closes(stream::close);
      send(stream, server, output);
      System.out.println("Sent " + server.stats().delivered() + " frames.");
    }
  }

  static SourceOptions reduced() {
    return SourceOptions.defaults().reducer(20); // frames smaller by 20 %
  }

  static SenderBuilder server(String address) {
    // both ends say how they compress: each for what it sends
    Map<String, Object> options =
        Map.of(
            "bidirectional_mode", true,
            "jpeg_compression", true,
            "jpeg_compression_quality", 95,
            "jpeg_compression_fastdct", true,
            "jpeg_compression_fastupsample", true);
    return NetGear.sender(address).pattern(1).options(options);
  }

  static void send(FrameSource stream, FrameSender server, Output output) {
    for (Optional<Frame> frame = stream.next();
        frame.isPresent() && !output.isClosed();
        frame = stream.next()) {
      // {do something with the frame here}

      // any JSON value can be the message: a simple text in our case
      String targetData = "Hello, I am a Server.";

      // send frame and data, and receive the client's frame, which is ours until the next send
      Receipt receipt = server.send(frame.get(), targetData);
      if (receipt.frame().isPresent()) {
        // {do something with the received frame here}

        output.show(receipt.frame().get(), null);
      }
    }
  }
}
