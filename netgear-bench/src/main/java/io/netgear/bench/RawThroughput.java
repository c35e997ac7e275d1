package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.PixelFormat;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * How close do raw frames come to what the machine can copy? Raw 1080p frames flat out through each
 * pattern, in turns with a plain blocking loop that writes the same bytes to a TCP socket on one
 * thread and reads them on another, and where each frame is answered before the next, answers with
 * a byte; as long as frames are sent, that loop is all that a transport could do at most.
 *
 * <p>{@code raw [ROUNDS [PATTERN [TRANSPORT [ADDRESS]]]]}, 40 by default, of {@link #FRAMES} frames
 * of each side; only the patterns whose name contains PATTERN; zmq unless told, bound to tcp on
 * loopback unless told, such as {@code tls://127.0.0.1:0}. Both sides keep their connection from
 * round to round, and a round ends when its last frame was read.
 */
public final class RawThroughput {
  static final int FRAMES = 30;

  private static final PictureSize SIZE = new PictureSize(1920, 1080);

  /** Patterns, and how many frames may be on their way without an answer. */
  private static final List<FlatOut.Way> WAYS =
      List.of(
          new FlatOut.Way("request-reply", 1, false),
          new FlatOut.Way("pair", 1, false),
          new FlatOut.Way("pair", 2, false),
          new FlatOut.Way("push-pull", 1, false));

  private final List<Frame> frames = Footage.frames(SIZE, PixelFormat.BGR).subList(0, 1);
  private final int rounds;
  private final String transport;
  private final String address;

  private RawThroughput(int rounds, String transport, String address) {
    this.rounds = rounds;
    this.transport = transport;
    this.address = address;
  }

  /** See the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String pattern = arguments.length > 1 ? arguments[1] : "";
    RawThroughput bench =
        new RawThroughput(
            arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40,
            arguments.length > 2 ? arguments[2] : "zmq",
            arguments.length > 3 ? arguments[3] : Loopback.TCP);
    System.out.printf(
        Locale.ROOT,
        "raw %s BGR, %d bytes a frame, %s at %s, %d rounds of %d frames in turns%n"
            + "%-24s %10s %10s %8s %8s%n",
        SIZE,
        bench.frames.get(0).format().byteSize(),
        bench.transport,
        bench.address,
        bench.rounds,
        FRAMES,
        "frames/s, ratio",
        "netgear",
        "copy loop",
        "ratio",
        "cpu");
    for (FlatOut.Way way : WAYS) {
      if (way.pattern().contains(pattern)) {
        bench.compare(way);
      }
    }
  }

  private void compare(FlatOut.Way way) throws IOException, InterruptedException {
    try (Turns.Side netgear = new FlatOut(way, frames, transport, address);
        Turns.Side loop = CopyLoop.overTcp(frames.get(0), way.isAnswered())) {
      Turns turns = Turns.run(List.of(netgear, loop), rounds, FRAMES);
      System.out.printf(
          Locale.ROOT,
          "%-24s %10.1f %10.1f %8.2f %8.2f%n",
          way,
          turns.framesPerSecond(0),
          turns.framesPerSecond(1),
          turns.speed(0, 1).ratio(),
          turns.effort(0, 1).ratio());
    }
  }
}
