package io.netgear.transport.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a message costs, and what waiting costs. */
class CostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

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
    exchange(sender, bytes, 500);
    long heldBefore = links.pool.heldBytes();
    long directBefore = directBytes();
    long allocatedBefore = allocatedBytes();
    int frames = 300;
    exchange(sender, bytes, frames);
    long perFrame = (allocatedBytes() - allocatedBefore) / frames;
    // 5 to 15 KB were measured, most of it by JeroMQ's poll loop, and so the more the busier the
    // machine is
    assertThat(perFrame).isLessThan(64_000);
    assertThat(links.pool.heldBytes()).as("pool").isEqualTo(heldBefore);
    assertThat(directBytes()).as("direct memory").isLessThanOrEqualTo(directBefore + 64_000);
    receiver.close();
    answering.join();
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
    sender.send(Links.text("hello"), Links.in(5_000));
    assertThat(Links.receiveText(receiver, 5_000)).isEqualTo("hello");
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
    sender.send(Links.text("hello"), Links.in(5_000));
    assertThat(Links.receiveText(receiver, 5_000)).isEqualTo("hello");
    sender.close();
    receiver.close();
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("netgear-zmq-pair")));
  }
}
