package io.netgear.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.QueuePolicy;
import io.netgear.Receipt;
import io.netgear.Security;
import io.netgear.Stats;
import io.netgear.internal.patterns.PairPattern;
import io.netgear.internal.stats.Books;
import io.netgear.internal.wire.PythonWireFormat;
import io.netgear.spi.Conduct;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Pattern;
import io.netgear.spi.ReceiveConversation;
import io.netgear.spi.SendConversation;
import io.netgear.spi.WireFormat;
import io.netgear.spi.WireFormat.AnswerStyle;
import io.netgear.testkit.FakeTicker;
import io.netgear.testkit.InMemoryNetwork;
import io.netgear.testkit.InMemoryTransport;
import io.netgear.testkit.LeakCheckingPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * 60 frames a second come in and 10 a second are taken, on a clock that the consumer moves: how old
 * frames are does not depend on the machine.
 */
@Timeout(60)
class FreshnessTest {
  private static final Duration TAKEN_EVERY = Duration.ofMillis(100);
  private static final long SENT_EVERY_NS = TimeUnit.SECONDS.toNanos(1) / 60;
  private static final int TAKEN = 50;
  private static final Encoding ENCODING = Encoding.raw(FrameFormat.of(4, 3, PixelFormat.GRAY));

  private final FakeTicker ticker = new FakeTicker();
  private final LeakCheckingPool pool = new LeakCheckingPool();
  private final InMemoryTransport transport = new InMemoryTransport(new InMemoryNetwork());
  private final WireFormat wire = new PythonWireFormat();
  private final Pattern pattern = new PairPattern();
  private final Books books = new Books(Events.NONE);

  @Test
  void shouldHandOutFreshFramesWhenOnlyTheNewestWaits() throws Exception {
    List<Duration> ages = new ArrayList<>();
    List<Long> taken = stream(QueuePolicy.NEWEST, ages);

    assertThat(taken).hasSize(TAKEN).isSorted().doesNotHaveDuplicates();
    assertThat(ages).allMatch(age -> age.compareTo(TAKEN_EVERY.multipliedBy(3)) < 0);
    assertThat(books.snapshot().dropped().keySet())
        .isSubsetOf(DropReason.REPLACED, DropReason.CLOSED);
  }

  @Test
  void shouldLoseNothingWhenHoldingBack() throws Exception {
    List<Long> taken = stream(QueuePolicy.HOLD_BACK, new ArrayList<>());

    for (int i = 0; i < TAKEN; i++) {
      assertThat(taken.get(i)).isEqualTo(i);
    }
    assertThat(books.snapshot().dropped().keySet()).isSubsetOf(DropReason.CLOSED);
  }

  /** Takes frames and gives their numbers; what is left over when it stops is dropped. */
  private List<Long> stream(QueuePolicy policy, List<Duration> ages) throws Exception {
    FrameQueue queue = new FrameQueue(policy, 3, false, books);
    List<Long> taken = new ArrayList<>();
    try (Link receiverLink = link(LinkRole.PAIR, true, "receiver");
        Link senderLink = link(LinkRole.PAIR, false, "sender")) {
      ReceiveConversation receiving = pattern.receiving(dialogue(receiverLink), queue);
      SendConversation sending = pattern.sending(dialogue(senderLink));
      CompletableFuture<Void> serving =
          CompletableFuture.runAsync(
              () -> {
                while (receiving.serve(Deadline.never(ticker))) {
                  // until the link is closed
                }
              },
              FreshnessTest::onThread);
      CompletableFuture<Void> camera =
          CompletableFuture.runAsync(() -> film(sending), FreshnessTest::onThread);
      for (int i = 0; i < TAKEN; i++) {
        QueuedFrame frame = queue.take(Deadline.never(ticker));
        taken.add(frame.header().sequence());
        ages.add(Duration.ofNanos((ticker.epochMicros() - frame.header().sentMicros()) * 1_000));
        frame.payload().release();
        books.delivered();
        ticker.advance(TAKEN_EVERY);
      }
      queue.close();
      senderLink.close();
      receiverLink.close();
      ticker.advance(Duration.ofMinutes(1));
      serving.get();
      camera.get();
    }
    Stats stats = books.snapshot();
    assertThat(stats.balanced()).isTrue();
    assertThat(stats.delivered()).isEqualTo(TAKEN);
    pool.assertNothingLent();
    return taken;
  }

  /** Sends a frame whenever one is due, or as soon as the one before is acknowledged. */
  private void film(SendConversation sending) {
    long start = ticker.nanos();
    Receipt.Status status = Receipt.Status.ACKNOWLEDGED;
    for (long i = 0; status == Receipt.Status.ACKNOWLEDGED; i++) {
      awaitDue(start + i * SENT_EVERY_NS);
      FrameHeader header =
          new FrameHeader(
              ENCODING, null, "0", null, i, ticker.epochMicros(), "", FrameHeader.UNKNOWN_OFFSET);
      status = sending.send(wire.frame(header, pool.acquire(12)), i).status();
    }
  }

  private void awaitDue(long nanos) {
    Deadline due = Deadline.afterNanos(nanos - ticker.nanos(), ticker);
    ReentrantLock lock = new ReentrantLock();
    Condition never = lock.newCondition();
    lock.lock();
    try {
      while (!due.passed()) {
        due.await(lock, never);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts the camera.", e);
    } finally {
      lock.unlock();
    }
  }

  private Dialogue dialogue(Link link) {
    Conduct conduct =
        new Conduct(false, AnswerStyle.PLAIN, false, null, Duration.ofSeconds(4).toNanos(), 0, 0);
    return new Dialogue(link, wire, conduct, books, ticker, () -> false);
  }

  private Link link(LinkRole role, boolean bind, String name) {
    return transport.open(
        new LinkSpec(
            role,
            bind,
            List.of(Address.parse("mem://fresh:5555")),
            pattern.linkQueueDepth(),
            1 << 20,
            Security.NONE,
            pool,
            Events.NONE,
            ticker,
            name));
  }

  private static void onThread(Runnable work) {
    Thread thread = new Thread(work, "freshness");
    thread.setDaemon(true);
    thread.start();
  }
}
