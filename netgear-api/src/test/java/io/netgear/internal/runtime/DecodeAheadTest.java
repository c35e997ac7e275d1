package io.netgear.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.FrameFormat;
import io.netgear.Peer;
import io.netgear.PixelFormat;
import io.netgear.QueuePolicy;
import io.netgear.internal.memory.DirectBufferPool;
import io.netgear.internal.stats.Books;
import io.netgear.spi.Deadline;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Incoming;
import io.netgear.spi.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames that nobody receives any more are given back, whenever they are ready. */
@Timeout(60)
class DecodeAheadTest {
  private static final String NAME = "decode-ahead-test";
  private static final Deadline NOW = Deadline.after(Duration.ZERO, Ticker.SYSTEM);

  private final DirectBufferPool pool = new DirectBufferPool("a test", 1 << 20);
  private final Books books = new Books(Events.NONE);
  private final FrameQueue queue = new FrameQueue(QueuePolicy.HOLD_BACK, 3, false, books);
  private final AtomicLong unclosedBytes = new AtomicLong();
  private final CountDownLatch begun = new CountDownLatch(2);
  private final CountDownLatch slow = new CountDownLatch(1);

  /** The second frame takes as long as {@code slow} says. */
  private final DecodeAhead ahead =
      new DecodeAhead(NAME, 2, 1, queue, () -> new PayloadDecoder(null, null, pool), this::decode);

  private PooledFrame decode(QueuedFrame queued, PayloadDecoder decoder) {
    begun.countDown();
    try {
      if (queued.header().sequence() == 1 && !slow.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("The test went on for too long.");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    PooledFrame frame = new PooledFrame(queued, null, queued.payload().retain(), unclosedBytes);
    queued.payload().release();
    return frame;
  }

  @AfterEach
  void shouldHaveGivenAllMemoryBack() throws InterruptedException {
    slow.countDown();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("netgear-decode-" + NAME)) {
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
    assertThat(pool.lentBytes()).isZero();
    assertThat(unclosedBytes).hasValue(0);
    assertThat(books.snapshot().dropped()).isEqualTo(Map.of(DropReason.CLOSED, 3L));
    assertThat(books.snapshot().balanced()).isTrue();
    assertThat(ahead.exhausted()).isTrue();
  }

  private void decodeTwoOfThree() throws InterruptedException {
    for (int sequence = 0; sequence < 3; sequence++) {
      FrameHeader header =
          new FrameHeader(
              Encoding.raw(FrameFormat.of(1, 1, PixelFormat.GRAY)),
              null,
              "0",
              null,
              sequence,
              -1,
              "",
              FrameHeader.UNKNOWN_OFFSET);
      queue.put(new Incoming.FrameArrived(header, pool.acquire(1)), Peer.UNKNOWN, 0);
    }
    ahead.start();
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    queue.close();
  }

  @Test
  void shouldDropAFrameThatIsReadyAfterClosingGaveUpOnIt() throws Exception {
    decodeTwoOfThree();
    ahead.close(NOW);
    assertThat(ahead.take(NOW)).isNull();
  }

  @Test
  void shouldDropAllWhenWhoeverClosesIsInterrupted() throws Exception {
    decodeTwoOfThree();
    Thread.currentThread().interrupt();
    ahead.close(Deadline.never(Ticker.SYSTEM));
    assertThat(Thread.interrupted()).isTrue();
  }
}
