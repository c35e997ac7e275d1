package io.netgear.examples.seed;

import io.netgear.Frame;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.SenderBuilder;
import io.netgear.video.javacv.FrameSource;
import io.netgear.video.javacv.FrameSources;
import io.netgear.video.javacv.SourceOptions;
import java.util.Map;
import java.util.Optional;

/**
 * Sends a video in shades of gray. Arguments: the source (the test pattern if left out) and the
 * client's address.
 */
public final class VariableColorspaceServer {
  private VariableColorspaceServer() {}

  /** Runs it. */
  public static void main(String... args) {
    Failures.inOneSentence();
    String source = args.length > 0 ? args[0] : "test";
    String address = args.length > 1 ? args[1] : "tcp://localhost:5555";

    try (FrameSource stream = FrameSources.open(source, grayscale().realTime(true));
        FrameSender server = server(address).open()) {
      CtrlC.closes(stream::close);
      send(stream, server);
      System.out.println("Sent " + server.stats().delivered() + " frames.");
    }
  }

  static SourceOptions grayscale() {
    return SourceOptions.defaults().colorSpace("COLOR_BGR2GRAY");
  }

  static SenderBuilder server(String address) {
    // compress as JPEG of gray frames, and say how
    Map<String, Object> options =
        Map.of(
            "jpeg_compression",
            "GRAY",
            "jpeg_compression_quality",
            90,
            "jpeg_compression_fastdct",
            true,
            "jpeg_compression_fastupsample",
            true);
    return NetGear.sender(address).pattern(1).options(options);
  }

  static void send(FrameSource stream, FrameSender server) {
    for (Optional<Frame> frame = stream.next(); frame.isPresent(); frame = stream.next()) {
      // {do something with the gray frame here}

      server.send(frame.get());
    }
  }
}
