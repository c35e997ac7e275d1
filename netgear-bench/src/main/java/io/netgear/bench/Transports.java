package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.PixelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which transport is how fast? Frames of 1080p flat out over zmq and over tcp, Unix domain sockets
 * and TLS of netty, JPEG by request-reply and raw by each pattern that loses none, in turns with
 * each other and with plain blocking loops that copy the raw bytes through sockets of the same
 * kind. What is asked of netty is printed with the ratios.
 *
 * <p>{@code transports [ROUNDS [NAME]]}, 40 by default, of {@link #FRAMES} frames of each side;
 * only the groups whose name contains NAME.
 */
public final class Transports {
  static final int FRAMES = 20;

  private static final PictureSize SIZE = new PictureSize(1920, 1080);
  private static final String ZMQ = "zmq tcp";
  private static final String TCP = "netty tcp";
  private static final String IPC = "netty ipc";
  private static final String TLS = "netty tls";
  private static final String TCP_LOOP = "copy loop tcp";
  private static final String UNIX_LOOP = "copy loop unix";

  /** A group of sides that take turns. */
  private record Group(String name, FlatOut.Way way) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group("JPEG, request-reply", new FlatOut.Way("request-reply", 1, true)),
          new Group("raw, request-reply", new FlatOut.Way("request-reply", 1, false)),
          new Group("raw, pair", new FlatOut.Way("pair", 1, false)),
          new Group("raw, pair, window 2", new FlatOut.Way("pair", 2, false)),
          new Group("raw, push-pull", new FlatOut.Way("push-pull", 1, false)));

  private record Entry(String name, Turns.Side side) {}

  private final int rounds;
  private final Path directory;
  private final List<Entry> entries = new ArrayList<>();

  private Transports(int rounds, Path directory) {
    this.rounds = rounds;
    this.directory = directory;
  }

  /** See the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40;
    String name = arguments.length > 1 ? arguments[1] : "";
    System.out.printf(
        "%s BGR, %s, %d rounds of %d frames in turns%n",
        SIZE, Footage.describe(SIZE), rounds, FRAMES);
    System.out.println(MachineFacts.describe());
    for (Group group : GROUPS) {
      if (group.name().contains(name)) {
        Path directory = Files.createTempDirectory("netgear-bench");
        try {
          new Transports(rounds, directory).compare(group);
        } finally {
          Files.delete(directory);
        }
      }
    }
  }

  private void compare(Group group) throws IOException, InterruptedException {
    FlatOut.Way way = group.way();
    List<Frame> all = Footage.frames(SIZE, PixelFormat.BGR);
    // the loops have one frame, which stays in the processor's cache
    List<Frame> frames = way.compressed() ? all : all.subList(0, 1);
    try {
      netgear(ZMQ, way, frames, "zmq", Loopback.TCP);
      netgear(TCP, way, frames, "netty", Loopback.TCP);
      netgear(IPC, way, frames, "netty", "ipc://" + directory.resolve("frames") + ":0");
      netgear(TLS, way, frames, "netty", "tls://127.0.0.1:0");
      if (!way.compressed()) {
        Frame frame = frames.get(0);
        entries.add(new Entry(TCP_LOOP, CopyLoop.overTcp(frame, way.isAnswered())));
        entries.add(new Entry(UNIX_LOOP, CopyLoop.overUnixSocket(frame, way.isAnswered())));
      }
      List<Turns.Side> sides = entries.stream().map(Entry::side).toList();
      report(group, Turns.run(sides, rounds, FRAMES));
    } finally {
      for (Entry entry : entries) {
        entry.side().close();
      }
    }
  }

  private void netgear(
      String name, FlatOut.Way way, List<Frame> frames, String transport, String address) {
    entries.add(new Entry(name, new FlatOut(way, frames, transport, address)));
  }

  private void report(Group group, Turns turns) {
    System.out.printf("%n%-24s %10s %18s%n", group.name(), "frames/s", "processor ms");
    for (int i = 0; i < entries.size(); i++) {
      System.out.printf(
          Locale.ROOT,
          "  %-22s %10.1f %18.2f%n",
          entries.get(i).name(),
          turns.framesPerSecond(i),
          turns.effort(i, i).firstMillis() / FRAMES);
    }
    boolean raw = !group.way().compressed();
    ratio(turns, TCP, ZMQ, raw ? "1, better 1.3" : "1");
    ratio(turns, IPC, TCP, "1");
    if (raw) {
      ratio(turns, TCP, TCP_LOOP, "0.8");
      ratio(turns, IPC, UNIX_LOOP, "0.8");
    }
    ratio(turns, TLS, TCP, "0.3");
  }

  private void ratio(Turns turns, String name, String against, String asked) {
    Times speed = turns.speed(indexOf(name), indexOf(against));
    System.out.printf(
        Locale.ROOT,
        "  %-9s / %-15s %5.2f (%.2f to %.2f), asked: %s%n",
        name,
        against,
        speed.ratio(),
        speed.lowRatio(),
        speed.highRatio(),
        asked);
  }

  private int indexOf(String name) {
    return entries.stream().map(Entry::name).toList().indexOf(name);
  }
}
