package io.netgear.transport.zmq;

import static io.netgear.transport.zmq.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a message costs, and what waiting costs. */
class CostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int ROUNDS = 7;
  private static final int FRAMES_OF_A_ROUND = 70;

  private final Links links = new Links();

  @AfterEach
  void close() {
    links.close();
  }

  @ParameterizedTest
  @CsvSource({
    "REQUEST, REPLY, 350000",
    "REQUEST, REPLY, 6220800",
    "PAIR, PAIR, 350000",
    "PAIR, PAIR, 6220800"
  })
  void shouldAllocateNothingThatGrowsWithTheFrame(LinkRole asks, LinkRole answers, int bytes)
      throws InterruptedException {
    Link receiver = links.bound(answers);
    Link sender = links.connected(asks, receiver);
    Thread answering = new Thread(() -> answerAll(receiver));
    answering.start();
    exchange(sender, bytes, 300);
    long[] heap = new long[ROUNDS];
    long[] pool = new long[ROUNDS];
    long[] direct = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long heldBefore = links.pool.heldBytes();
      long directBefore = directBytes();
      long allocatedBefore = allocatedBytes();
      exchange(sender, bytes, FRAMES_OF_A_ROUND);
      heap[round] = (allocatedBytes() - allocatedBefore) / FRAMES_OF_A_ROUND;
      pool[round] = links.pool.heldBytes() - heldBefore;
      direct[round] = directBytes() - directBefore;
    }
    // 5 to 15 KB were measured, most of it by JeroMQ's poll loop, and so the more the busier the
    // machine is
    assertThat(middle(heap)).isLessThan(64_000);
    assertThat(middle(pool)).as("growth of the pool in a round").isZero();
    assertThat(middle(direct)).as("direct memory of a round").isLessThanOrEqualTo(64_000);
    receiver.close();
    answering.join();
  }

  /** Of several rounds: the pool grows with the number of messages that are under way at once. */
  private static long middle(long[] rounds) {
    long[] sorted = rounds.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void answerAll(Link receiver) {
    while (!receiver.closed()) {
      try (Message message = receiver.receive(Links.in(1_000))) {
        if (message != null) {
          receiver.reply(Links.text("ok"));
        }
      }
    }
  }

  private void exchange(Link sender, int bytes, int frames) {
    for (int i = 0; i < frames; i++) {
      Message frame = Message.of(Links.text("header").retainPart(0), links.pool.acquire(bytes));
      sender.send(frame, Links.in(10_000));
      assertThat(Links.receiveText(sender, 10_000)).isEqualTo("ok");
    }
  }

  private static long allocatedBytes() {
    long sum = 0;
    for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Test
  void shouldUseHardlyAnyProcessorWhileItWaits() {
    Link receiver = links.bound(LinkRole.PULL);
    Link sender = links.connected(LinkRole.PUSH, receiver);
    sender.send(Links.text("hello"), Links.in(20_000));
    assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("hello");
    long before = processorNanos();
    assertThat(receiver.receive(Links.in(3_000))).isNull();
    assertThat(processorNanos() - before).as("ns of 3 s of a core").isLessThan(300_000_000L);
  }

  private static long processorNanos() {
    long sum = THREADS.getCurrentThreadCpuTime();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("netgear-zmq-")) {
        sum += Math.max(0, THREADS.getThreadCpuTime(thread.getId()));
      }
    }
    return sum;
  }

  @Test
  void shouldLeaveNoThreadBehind() {
    Link receiver = links.bound(LinkRole.PAIR);
    Link sender = links.connected(LinkRole.PAIR, receiver);
    sender.send(Links.text("hello"), Links.in(20_000));
    assertThat(Links.receiveText(receiver, 20_000)).isEqualTo("hello");
    sender.close();
    receiver.close();
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("netgear-zmq-pair")));
  }
}
