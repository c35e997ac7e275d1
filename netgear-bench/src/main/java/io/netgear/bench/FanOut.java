package io.netgear.bench;

import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.Frame;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.Peer;
import io.netgear.PixelFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Is every subscriber of many served with what is new? A publisher sends JPEGs of 720p, 15 a
 * second, to subscribers that take them without decoding, newest only: all but one in a process,
 * the last one in a process of its own, which is stopped half-way. Told are the age of the frames
 * at each subscriber, from before encoding, those that it missed, and the publisher's resident
 * memory.
 *
 * <p>{@code fanout [SECONDS [SUBSCRIBERS [TRANSPORT [ADDRESS]]]]}: 60 s after some to warm up, 50
 * subscribers, netty, tcp on loopback. Fails when a subscriber that runs sees a hundredth of its
 * frames older than {@link #OLDEST_MS}, misses one in twenty, or when the publisher grows. Needs
 * /proc and {@code kill}.
 */
public final class FanOut {
  static final double OLDEST_MS = 200;

  static final int FRAMES_PER_SECOND = 15;
  static final int WARM_UP_SECONDS = 10;

  private static final double MOST_MISSED = 0.05;
  private static final double MOST_GROWTH_MIB = 8;
  private static final int MEASURED_TIMES = 12;
  private static final PictureSize SIZE = new PictureSize(1280, 720);

  /** The heap is all in memory from the beginning, so that what grows is something else. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:NewSize=8m",
          "-XX:MaxNewSize=8m",
          "-Xms64m",
          "-Xmx64m",
          "-XX:+AlwaysPreTouch");

  private final int seconds;
  private final int subscribers;

  private FanOut(int seconds, int subscribers) {
    this.seconds = seconds;
    this.subscribers = subscribers;
  }

  /** See the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (!ChildJvm.tellsMemory()) {
      System.out.println("The fan-out is skipped: there is no /proc here.");
      return;
    }
    if (arguments.length > 0 && arguments[0].equals("publish")) {
      new FanOut(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]))
          .publish(arguments[3], arguments[4]);
      return;
    }
    String[] defaults = {"60", "50", "netty", Loopback.TCP};
    System.arraycopy(arguments, 0, defaults, 0, arguments.length);
    new FanOut(Integer.parseInt(defaults[0]), Integer.parseInt(defaults[1]))
        .run(defaults[2], defaults[3]);
  }

  private void run(String transport, String address) throws IOException, InterruptedException {
    System.out.printf(
        "%s, %s, %d frames/s for %d s by %s at %s to %d subscribers%n%s%n",
        SIZE,
        Footage.describe(SIZE),
        FRAMES_PER_SECOND,
        seconds,
        transport,
        address,
        subscribers,
        MachineFacts.describe());
    try (ChildJvm publisher =
            ChildJvm.start(
                "publisher",
                FanOut.class,
                OPTIONS,
                "publish",
                Integer.toString(seconds),
                Integer.toString(subscribers),
                transport,
                address);
        Audience most = new Audience(publisher.line(), transport, subscribers - 1);
        Audience one = new Audience(most.address(), transport, 1)) {
      double[] memory = new double[MEASURED_TIMES + 1];
      for (int i = 0; i <= MEASURED_TIMES; i++) {
        memory[i] = Long.parseLong(publisher.line()) / 1024.0;
        if (i == MEASURED_TIMES / 2) {
          one.process().signal("STOP");
        } else if (i == MEASURED_TIMES - 2) {
          one.process().signal("CONT");
        }
      }
      String told = publisher.line();
      List<Audience.Seen> running = most.seen();
      List<Audience.Seen> stopped = one.seen();
      print(running);
      System.out.println("stopped half-way, for a third of the time:");
      print(stopped);
      System.out.printf(
          Locale.ROOT, "publisher: %s; resident MiB: %s%n", told, Arrays.toString(rounded(memory)));
      judge(running, memory);
    }
  }

  private static double[] rounded(double[] values) {
    return Arrays.stream(values).map(value -> Math.round(value * 10) / 10.0).toArray();
  }

  private static void print(List<Audience.Seen> all) {
    System.out.printf(
        "%10s %8s %8s %9s %9s %9s %9s   %s%n",
        "subscriber",
        "frames",
        "missed",
        "p50 ms",
        "p90 ms",
        "p99 ms",
        "max ms",
        "p99 by quarters");
    for (int i = 0; i < all.size(); i++) {
      System.out.printf("%10d %s%n", i + 1, all.get(i));
    }
  }

  private void judge(List<Audience.Seen> running, double[] memory) {
    List<String> wrong = new ArrayList<>();
    for (Audience.Seen seen : running) {
      if (seen.p99() >= OLDEST_MS) {
        wrong.add("a frame in a hundred was " + seen.p99() + " ms old");
      }
      if (seen.missed() > MOST_MISSED * seconds * FRAMES_PER_SECOND) {
        wrong.add("a subscriber missed " + seen.missed() + " frames");
      }
    }
    double growth = memory[MEASURED_TIMES] - memory[MEASURED_TIMES / 4];
    System.out.printf(Locale.ROOT, "publisher: %+.1f MiB in the last three quarters%n", growth);
    if (growth > MOST_GROWTH_MIB) {
      wrong.add("the publisher grew by " + growth + " MiB");
    }
    if (!wrong.isEmpty()) {
      throw new IllegalStateException("Subscribers are not served as they should: " + wrong);
    }
  }

  /** In a process of its own: says its address, then its memory now and then, then its books. */
  private void publish(String transport, String address) throws IOException, InterruptedException {
    List<Frame> frames = Footage.frames(SIZE, PixelFormat.BGR);
    CountDownLatch missing = new CountDownLatch(subscribers);
    AtomicLong dropped = new AtomicLong();
    Events events =
        new Events() {
          @Override
          public void connected(Peer peer) {
            missing.countDown();
          }

          @Override
          public void dropped(DropReason reason, long count) {
            dropped.addAndGet(count);
          }
        };
    try (FrameSender sender =
        NetGear.sender(address)
            .transport(transport)
            .pattern("publish-subscribe")
            .bind()
            .onEvent(events)
            .open()) {
      System.out.println(sender.addresses().get(0));
      if (!missing.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException(missing.getCount() + " subscribers did not come.");
      }
      film(sender, frames, WARM_UP_SECONDS * FRAMES_PER_SECOND, false);
      System.out.println(ChildJvm.residentKibibytes());
      for (int i = 0; i < MEASURED_TIMES; i++) {
        film(sender, frames, seconds * FRAMES_PER_SECOND / MEASURED_TIMES, true);
        System.out.println(ChildJvm.residentKibibytes());
      }
      System.out.println(
          sender.stats().frames() + " frames, " + dropped + " made room for newer ones");
    }
  }

  /** Each frame says when it was filmed, or 0 for one that does not count. */
  private static void film(FrameSender sender, List<Frame> frames, int count, boolean counts) {
    long due = System.nanoTime();
    for (int i = 0; i < count; i++) {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      sender.send(frames.get(i % frames.size()), counts ? System.nanoTime() : 0L);
      due += TimeUnit.SECONDS.toNanos(1) / FRAMES_PER_SECOND;
    }
  }
}
