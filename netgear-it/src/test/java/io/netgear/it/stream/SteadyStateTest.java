package io.netgear.it.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import io.netgear.ReceiverBuilder;
import io.netgear.SenderBuilder;
import io.netgear.transport.netty.TlsDirectory;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a frame costs once everything has its size, and what waiting costs.
 *
 * <p>Everything is measured in several rounds of which the middle or the least counts, because
 * threads take turns as they like: the pools grow once more in the round in which more frames than
 * ever before are under way at the same moment. What is taken for each frame is taken in every
 * round.
 *
 * <p>The limit is what is promised; 2.6 to 3.0 KB were measured, raw frames included, in however
 * many reads they come. Inside TLS 3.8 KB were for a JPEG of 290 KB, and 18 KB for a raw frame of
 * 6.2 MB: the engine leaves an object behind for every 64 KB that it encrypts, and for each read.
 */
@Timeout(240)
class SteadyStateTest {
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 7;
  private static final int MOST_ROUNDS = 70;
  private static final int FRAMES_OF_A_ROUND = 40;

  private static final int IDLE_ROUNDS = 3;
  private static final int MOST_IDLE_ROUNDS = 10;

  @TempDir Path directory;

  private static ResourceLeakDetector.Level watching;

  /** Watching each buffer takes far more than the frames do. */
  @BeforeAll
  static void watchNoBuffers() {
    watching = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
  }

  @AfterAll
  static void watchAgain() {
    ResourceLeakDetector.setLevel(watching);
  }

  @ParameterizedTest
  @CsvSource({
    "zmq,tcp,request-reply,false,4096",
    "zmq,tcp,request-reply,true,4096",
    "zmq,tcp,pair,false,4096",
    "zmq,tcp,pair,true,4096",
    "netty,tcp,request-reply,true,4096",
    "netty,tcp,pair,false,4096",
    "netty,ipc,request-reply,true,4096",
    "netty,tls,pair,false,4096",
    "netty,tls,request-reply,false,4096",
    "netty,tls,pair,true,24576"
  })
  void shouldTakeLittleHeapAndNoFreshDirectMemoryForAFrame(
      String transport, String protocol, String pattern, boolean raw, long limitBytes)
      throws InterruptedException {
    Frame frame = Stream.gradient(FrameFormat.of(1920, 1080, PixelFormat.BGR));
    long[] heap = new long[ROUNDS];
    long[] direct = new long[ROUNDS];
    AtomicBoolean consuming = new AtomicBoolean(true);
    try (FrameReceiver receiver = open(transport, protocol, pattern);
        FrameSender sender = open(receiver, transport, pattern, raw)) {
      Thread consumer = consume(receiver, consuming::get);
      send(sender, frame, WARM_UP);
      for (int round = 0;
          round < ROUNDS || round < MOST_ROUNDS && !isSteady(heap, direct, limitBytes);
          round++) {
        long heapBefore = allocatedByAllThreads();
        long directBefore = directBytes();

        send(sender, frame, FRAMES_OF_A_ROUND);

        heap[round % ROUNDS] = (allocatedByAllThreads() - heapBefore) / FRAMES_OF_A_ROUND;
        direct[round % ROUNDS] = directBytes() - directBefore;
      }
      consuming.set(false);
      consumer.join();
    }
    assertThat(middle(heap))
        .as("bytes of heap for a frame, of %s", Arrays.toString(heap))
        .isLessThan(limitBytes);
    assertThat(middle(direct))
        .as("fresh direct memory of a round, of %s", Arrays.toString(direct))
        .isLessThanOrEqualTo(0);
  }

  private static boolean isSteady(long[] heap, long[] direct, long limitBytes) {
    return middle(heap) < limitBytes && middle(direct) <= 0;
  }

  private static long middle(long[] rounds) {
    long[] sorted = rounds.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private FrameReceiver open(String transport, String protocol, String pattern) {
    String host = protocol.equals("ipc") ? directory.resolve("s").toString() : "127.0.0.1";
    ReceiverBuilder builder =
        NetGear.receiver(protocol + "://" + host + ":0").transport(transport).pattern(pattern);
    if (protocol.equals("tls")) {
      TlsDirectory.at(directory).makeOwn(List.of(), Duration.ofDays(1), false);
      builder.keys(directory);
    }
    return builder.open();
  }

  private FrameSender open(FrameReceiver receiver, String transport, String pattern, boolean raw) {
    String address = receiver.addresses().get(0).toString();
    SenderBuilder builder = NetGear.sender(address).transport(transport).pattern(pattern);
    if (address.startsWith("tls")) {
      builder.keys(directory);
    }
    return (raw ? builder.uncompressed() : builder).open();
  }

  private static void send(FrameSender sender, Frame frame, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(sender.send(frame).delivered()).isTrue();
    }
  }

  private static Thread consume(FrameReceiver receiver, BooleanSupplier more) {
    Thread consumer =
        new Thread(
            () -> {
              while (more.getAsBoolean()) {
                receiver.recv(Duration.ofMillis(200)).ifPresent(ReceivedFrame::close);
              }
            },
            "consumer");
    consumer.start();
    return consumer;
  }

  /** Includes the transport's threads, which allocate on the streams' behalf. */
  private static long allocatedByAllThreads() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getTotalCapacity)
        .sum();
  }

  @ParameterizedTest
  @CsvSource({
    "zmq,pair,",
    "zmq,request-reply,",
    "zmq,publish-subscribe,",
    "zmq,push-pull,",
    "zmq,pair,bidirectional_mode=true",
    "zmq,pair,secure_mode=2",
    "zmq,request-reply,multiserver_mode=true",
    "zmq,request-reply,multiclient_mode=true",
    "netty,pair,",
    "netty,request-reply,multiclient_mode=true",
    "netty,publish-subscribe,"
  })
  void shouldUseNextToNoProcessorTimeWhenIdle(String transport, String pattern, String mode) {
    List<String> modes =
        mode == null
            ? List.of()
            : mode.startsWith("secure")
                ? List.of(mode, "custom_cert_location=" + directory)
                : List.of(mode);
    ReceiverBuilder receives =
        NetGear.receiver("tcp://127.0.0.1:0").transport(transport).pattern(pattern);
    modes.forEach(receives::option);
    try (FrameReceiver receiver = receives.open()) {
      SenderBuilder sends =
          NetGear.sender(receiver.addresses().get(0).toString())
              .transport(transport)
              .pattern(pattern);
      modes.forEach(sends::option);
      try (FrameSender sender = sends.open()) {
        sendUntilReceived(sender, receiver);
        List<Long> usedMillis = new ArrayList<>();
        for (int round = 0;
            round < IDLE_ROUNDS || round < MOST_IDLE_ROUNDS && Collections.min(usedMillis) >= 10;
            round++) {
          long before = cpuOfNetGearThreads();

          // Nothing will come: this waits for a second, and everything else waits with it.
          assertThat(receiver.recv(Duration.ofSeconds(1))).isEmpty();

          usedMillis.add((cpuOfNetGearThreads() - before) / 1_000_000);
        }
        assertThat(Collections.min(usedMillis))
            .as("least ms of CPU in 1 s of waiting, of %s", usedMillis)
            .isLessThan(10);
      }
    }
  }

  /** A publisher drops what nobody is there for. What was sent too often comes here too. */
  private static void sendUntilReceived(FrameSender sender, FrameReceiver receiver) {
    Optional<ReceivedFrame> received = Optional.empty();
    for (int i = 0; received.isEmpty(); i++) {
      assertThat(i).as("frames until one arrived").isLessThan(60);
      sender.send(Frame.allocate(FrameFormat.of(16, 16, PixelFormat.GRAY)));
      received = receiver.recv(Duration.ofSeconds(1));
    }
    while (received.isPresent()) {
      received.get().close();
      received = receiver.recv(Duration.ofMillis(500));
    }
  }

  /** All threads but those of the test runner and the JVM. */
  private static long cpuOfNetGearThreads() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null
          && !info.getThreadName()
              .matches("main|surefire.*|.*[Cc]ompiler.*|Common-Cleaner|process reaper")) {
        sum += Math.max(0, threads.getThreadCpuTime(id));
      }
    }
    return sum + threads.getThreadCpuTime(Thread.currentThread().getId());
  }
}
