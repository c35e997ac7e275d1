package io.netgear.bench;

import io.netgear.FrameReceiver;
import io.netgear.NetGear;
import io.netgear.QueuePolicy;
import io.netgear.ReceivedFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Subscribers in a process of their own, each on a thread, that note how old frames are. */
final class Audience implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int QUARTERS = 4;
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /**
   * What one subscriber saw, of the frames that count; times in ms.
   *
   * @param missed frames between the first and the last that did not come
   * @param quarters the 99th percentile of each quarter of the frames
   */
  record Seen(
      int frames,
      long missed,
      double p50,
      double p90,
      double p99,
      double max,
      List<Double> quarters) {
    static Seen of(List<Long> ages, long missed) {
      List<Double> quarters = new ArrayList<>();
      for (int i = 0; i < QUARTERS; i++) {
        int from = i * ages.size() / QUARTERS;
        quarters.add(quantile(ages.subList(from, (i + 1) * ages.size() / QUARTERS), 0.99));
      }
      return new Seen(
          ages.size(),
          missed,
          quantile(ages, 0.5),
          quantile(ages, 0.9),
          quantile(ages, 0.99),
          quantile(ages, 1),
          quarters);
    }

    private static double quantile(List<Long> ages, double quantile) {
      long[] sorted = ages.stream().mapToLong(Long::longValue).sorted().toArray();
      int at = (int) Math.min(sorted.length - 1, quantile * sorted.length);
      return sorted.length == 0 ? Double.NaN : sorted[at] / 1e6;
    }

    /** As {@link #parse} takes it. */
    @Override
    public String toString() {
      StringBuilder line = new StringBuilder();
      line.append(
          String.format(
              Locale.ROOT,
              "%8d %8d %9.1f %9.1f %9.1f %9.1f  ",
              frames,
              missed,
              p50,
              p90,
              p99,
              max));
      quarters.forEach(each -> line.append(String.format(Locale.ROOT, " %.1f", each)));
      return line.toString();
    }

    static Seen parse(String line) {
      List<Double> numbers = SPACE.splitAsStream(line.strip()).map(Double::valueOf).toList();
      return new Seen(
          numbers.get(0).intValue(),
          numbers.get(1).longValue(),
          numbers.get(2),
          numbers.get(3),
          numbers.get(4),
          numbers.get(5),
          numbers.subList(6, numbers.size()));
    }
  }

  private final ChildJvm process;
  private final String address;
  private final int size;

  /** Has {@code size} of them subscribe to {@code address}. */
  Audience(String address, String transport, int size) throws IOException {
    this.address = address;
    this.size = size;
    process =
        ChildJvm.start(
            "audience",
            Audience.class,
            List.of("-XX:+UseSerialGC", "-XX:NewSize=16m", "-XX:MaxNewSize=16m"),
            address,
            transport,
            Integer.toString(size));
  }

  String address() {
    return address;
  }

  ChildJvm process() {
    return process;
  }

  /** What each of them saw, when the stream has ended. */
  List<Seen> seen() throws IOException {
    List<Seen> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(Seen.parse(process.line()));
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    process.close();
  }

  /** In the process of their own: ADDRESS TRANSPORT SIZE. */
  public static void main(String[] arguments) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      Thread thread = new Thread(() -> watch(arguments[0], arguments[1]), "subscriber-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void watch(String address, String transport) {
    List<Long> ages = new ArrayList<>();
    long missed = 0;
    long last = -1;
    try (FrameReceiver receiver =
        NetGear.receiver(address)
            .transport(transport)
            .pattern("publish-subscribe")
            .connect()
            .queue(QueuePolicy.NEWEST)
            .encodedOnly()
            .open()) {
      while (!receiver.ended()) {
        try (ReceivedFrame received = receiver.recv(LIMIT).orElse(null)) {
          if (received == null || received.message().equals(0L)) {
            continue;
          }
          ages.add(System.nanoTime() - (Long) received.message());
          missed += last < 0 ? 0 : received.sequence() - last - 1;
          last = received.sequence();
        }
      }
    }
    Seen seen = Seen.of(ages, missed);
    synchronized (Audience.class) {
      System.out.println(seen);
    }
  }
}
