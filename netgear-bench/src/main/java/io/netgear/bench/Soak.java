package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Does memory grow? Sends 1080p frames through request-reply between two processes of their own and
 * tells the resident memory of both every {@link #EVERY} frames.
 *
 * <p>{@code soak [FRAMES [JVM OPTIONS]]}: 10000 frames and the options of the {@code netgear}
 * command by default. Linux only, for it reads /proc.
 */
public final class Soak {
  static final int EVERY = 500;

  private static final List<String> COMMAND_OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:NewSize=8m", "-XX:MaxNewSize=8m");
  private static final PictureSize SIZE = new PictureSize(1920, 1080);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Soak() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    if (!ChildJvm.tellsMemory()) {
      System.out.println("The memory run is skipped: there is no /proc here.");
      return;
    }
    String first = arguments.length > 0 ? arguments[0] : "10000";
    switch (first) {
      case "receive" -> receive();
      case "send" -> send(arguments[1], Integer.parseInt(arguments[2]));
      default ->
          run(
              Integer.parseInt(first),
              arguments.length > 1
                  ? Arrays.asList(arguments).subList(1, arguments.length)
                  : COMMAND_OPTIONS);
    }
  }

  private static void run(int frames, List<String> options) throws IOException {
    System.out.printf(
        "%d frames of %s BGR, %s, JVM options %s%n",
        frames, SIZE, Footage.describe(SIZE), String.join(" ", options));
    try (ChildJvm receiver = ChildJvm.start("receiver", Soak.class, options, "receive");
        ChildJvm sender =
            ChildJvm.start(
                "sender", Soak.class, options, "send", receiver.line(), Integer.toString(frames))) {
      compare(frames, sender, receiver);
    }
  }

  private static void compare(int frames, ChildJvm sender, ChildJvm receiver) throws IOException {
    System.out.printf("%8s %14s %14s%n", "frames", "sender MiB", "receiver MiB");
    List<long[]> rows = new ArrayList<>();
    for (int count = EVERY; count <= frames; count += EVERY) {
      long[] row = {Long.parseLong(sender.line()), Long.parseLong(receiver.line())};
      rows.add(row);
      System.out.printf("%8d %14.1f %14.1f%n", count, row[0] / 1024.0, row[1] / 1024.0);
    }
    if (!rows.isEmpty()) {
      report("sender", rows.stream().mapToLong(row -> row[0]).toArray());
      report("receiver", rows.stream().mapToLong(row -> row[1]).toArray());
    }
  }

  /** The second figure is what grows; in the first is what the JIT compiler still does. */
  private static void report(String end, long[] kibibytes) {
    long last = kibibytes[kibibytes.length - 1];
    System.out.printf(
        "%s: %+.1f MiB since the first %d frames, %+.1f MiB in the second half%n",
        end,
        (last - kibibytes[0]) / 1024.0,
        EVERY,
        (last - kibibytes[kibibytes.length / 2]) / 1024.0);
  }

  private static void receive() throws IOException {
    try (FrameReceiver receiver =
        NetGear.receiver("tcp://127.0.0.1:0").pattern("request-reply").open()) {
      System.out.println(receiver.addresses().get(0));
      for (int count = 1; !receiver.ended(); count++) {
        ReceivedFrame received = receiver.recv(LIMIT).orElse(null);
        if (received == null) {
          return;
        }
        received.close();
        report(count);
      }
    }
  }

  private static void send(String address, int frames) throws IOException {
    List<Frame> pictures = Footage.frames(SIZE, PixelFormat.BGR);
    try (FrameSender sender = NetGear.sender(address).pattern("request-reply").open()) {
      for (int count = 1; count <= frames; count++) {
        if (!sender.send(pictures.get(count % pictures.size())).delivered()) {
          throw new IllegalStateException("Frame " + count + " was not acknowledged.");
        }
        report(count);
      }
    }
  }

  private static void report(int count) throws IOException {
    if (count % EVERY == 0) {
      System.out.println(ChildJvm.residentKibibytes());
    }
  }
}
