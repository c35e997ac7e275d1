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
 * Sends what a camera sees to another machine. Arguments: the source (the first camera if left
 * out), the client's IP address and its port.
 */
public final class VariableParametersServer {
  private VariableParametersServer() {}

  /** Runs it. */
  public static void main(String... args) {
    Failures.inOneSentence();
    String source = args.length > 0 ? args[0] : "0";
    String address = args.length > 1 ? args[1] : "localhost";
    String port = args.length > 2 ? args[2] : "5454";

    SourceOptions playing = SourceOptions.defaults().realTime(true);
    try (FrameSource stream = FrameSources.open(source, playing);
        FrameSender server = server(address, port).open()) {
      CtrlC.closes(stream::close);
      send(stream, server);
      System.out.println("Sent " + server.stats().delivered() + " frames.");
    }
  }

  static SenderBuilder server(String address, String port) {
    // where the client is, and how to compress
    Map<String, Object> options =
        Map.of(
            "address",
            address,
            "port",
            port,
            "protocol",
            "tcp",
            "pattern",
            1,
            "jpeg_compression",
            true,
            "jpeg_compression_quality",
            90,
            "jpeg_compression_fastdct",
            true,
            "jpeg_compression_fastupsample",
            true);
    return NetGear.sender().options(options);
  }

  static void send(FrameSource stream, FrameSender server) {
    for (Optional<Frame> frame = stream.next(); frame.isPresent(); frame = stream.next()) {
      // {do something with the frame here}

      server.send(frame.get());
    }
  }
}
