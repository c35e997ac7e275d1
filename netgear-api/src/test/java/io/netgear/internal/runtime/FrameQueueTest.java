package io.netgear.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.FrameFormat;
import io.netgear.Peer;
import io.netgear.PixelFormat;
import io.netgear.QueuePolicy;
import io.netgear.StreamEnd;
import io.netgear.internal.memory.DirectBufferPool;
import io.netgear.internal.stats.Books;
import io.netgear.spi.Deadline;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Inbox.PendingAnswer;
import io.netgear.spi.Incoming;
import io.netgear.spi.Message;
import io.netgear.spi.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FrameQueueTest {
  private static final Deadline NOW = Deadline.after(Duration.ZERO, Ticker.SYSTEM);

  private final DirectBufferPool pool = new DirectBufferPool("a test", 1 << 20);
  private final Books books = new Books(Events.NONE);

  @AfterEach
  void shouldHaveGivenAllMemoryBack() {
    assertThat(pool.lentBytes()).isZero();
    assertThat(books.snapshot().balanced()).isTrue();
  }

  @Test
  void shouldHandFramesOverInOrder() throws InterruptedException {
    FrameQueue queue = new FrameQueue(QueuePolicy.HOLD_BACK, 2, false, books);
    assertThat(put(queue, 0)).isTrue();
    assertThat(put(queue, 1)).isTrue();

    assertThat(take(queue)).isEqualTo(0);
    assertThat(take(queue)).isEqualTo(1);
    assertThat(queue.take(NOW)).isNull();
    queue.close();
  }

  @Test
  void shouldHoldBackWhenFull() throws InterruptedException {
    FrameQueue queue = new FrameQueue(QueuePolicy.HOLD_BACK, 1, false, books);
    put(queue, 0);

    assertThat(queue.reserve(NOW)).isFalse();
    assertThat(take(queue)).isZero();
    assertThat(queue.reserve(NOW)).isTrue();
    queue.close();
  }

  @Test
  void shouldWakeWhoWaitsForRoom() throws Exception {
    FrameQueue queue = new FrameQueue(QueuePolicy.HOLD_BACK, 1, false, books);
    put(queue, 0);
    CompletableFuture<Boolean> room =
        CompletableFuture.supplyAsync(
            () -> queue.reserve(Deadline.never(Ticker.SYSTEM)), FrameQueueTest::onThread);

    take(queue);

    assertThat(room.get()).isTrue();
    queue.close();
  }

  @Test
  void shouldKeepTheNewestAndCountWhatItReplaced() throws InterruptedException {
    FrameQueue queue = new FrameQueue(QueuePolicy.NEWEST, 1, false, books);
    for (int i = 0; i < 5; i++) {
      assertThat(put(queue, i)).isTrue();
    }

    assertThat(take(queue)).isEqualTo(4);
    assertThat(books.snapshot().dropped()).isEqualTo(Map.of(DropReason.REPLACED, 4L));
    queue.close();
  }

  @Test
  void shouldKeepTheNewestOfEachSenderInItsTurn() throws InterruptedException {
    FrameQueue queue = new FrameQueue(QueuePolicy.NEWEST, 2, false, books);
    put(queue, 0, 5566);
    put(queue, 1, 5567);
    for (int i = 2; i < 9; i++) {
      put(queue, i, 5566);
    }

    assertThat(take(queue)).isEqualTo(8);
    put(queue, 9, 5566);
    assertThat(take(queue)).isEqualTo(1);
    put(queue, 10, 5567);
    put(queue, 11, 5568);
    assertThat(take(queue)).as("the oldest made room for one sender too many").isEqualTo(10);
    assertThat(take(queue)).isEqualTo(11);
    assertThat(books.snapshot().dropped()).isEqualTo(Map.of(DropReason.REPLACED, 8L));
    queue.close();
  }

  @Test
  void shouldHandOverWhatWaitsAfterTheEnd() throws InterruptedException {
    FrameQueue queue = new FrameQueue(QueuePolicy.HOLD_BACK, 1, false, books);
    put(queue, 7);
    queue.end(StreamEnd.GOODBYE);

    assertThat(queue.exhausted()).isFalse();
    assertThat(take(queue)).isEqualTo(7);
    assertThat(queue.exhausted()).isTrue();
    assertThat(queue.take(Deadline.never(Ticker.SYSTEM))).isNull();
    assertThat(queue.end()).isEqualTo(StreamEnd.GOODBYE);
  }

  @Test
  void shouldDropWhatWaitsWhenClosedAndWakeEverybody() throws Exception {
    FrameQueue queue = new FrameQueue(QueuePolicy.HOLD_BACK, 1, true, books);
    assertThat(queue.reserve(NOW)).isTrue();
    PendingAnswer answer = queue.put(frame(0, null), Peer.UNKNOWN, 0);
    CompletableFuture<Boolean> room =
        CompletableFuture.supplyAsync(
            () -> queue.reserve(Deadline.never(Ticker.SYSTEM)), FrameQueueTest::onThread);
    CompletableFuture<Boolean> answered =
        CompletableFuture.supplyAsync(
            () -> answer.await(Deadline.never(Ticker.SYSTEM)), FrameQueueTest::onThread);

    queue.close();

    assertThat(room.get()).isFalse();
    assertThat(answered.get()).isFalse();
    assertThat(books.snapshot().dropped()).isEqualTo(Map.of(DropReason.CLOSED, 1L));
    assertThat(queue.end()).isEqualTo(StreamEnd.CLOSED);
  }

  @Test
  void shouldCarryAnAnswerToTheReceiveThread() throws Exception {
    FrameQueue queue = new FrameQueue(QueuePolicy.HOLD_BACK, 1, true, books);
    queue.reserve(NOW);
    PendingAnswer pending = queue.put(frame(0, null), Peer.UNKNOWN, 0);
    CompletableFuture<Boolean> answered =
        CompletableFuture.supplyAsync(
            () -> pending.await(Deadline.never(Ticker.SYSTEM)), FrameQueueTest::onThread);
    QueuedFrame taken = queue.take(NOW);
    Message answer = Message.of(new byte[] {1});

    taken.answer().give(answer);
    taken.answer().give(null);

    assertThat(answered.get()).isTrue();
    assertThat(pending.message()).isSameAs(answer);
    taken.payload().release();
    books.delivered();
    queue.close();
  }

  @Test
  void shouldAcknowledgeAFrameThatTheApplicationHasWhenClosed() throws Exception {
    FrameQueue queue = new FrameQueue(QueuePolicy.HOLD_BACK, 1, true, books);
    queue.reserve(NOW);
    PendingAnswer pending = queue.put(frame(0, null), Peer.UNKNOWN, 0);
    QueuedFrame taken = queue.take(NOW);

    assertThat(queue.close()).isTrue();

    assertThat(pending.await(NOW)).isTrue();
    assertThat(pending.message()).isNull();
    taken.answer().give(Message.of(new byte[] {1}));
    assertThat(pending.message()).isNull();
    taken.payload().release();
    books.delivered();
  }

  @Test
  void shouldNotAcknowledgeAFrameThatComesAfterTheEnd() {
    FrameQueue queue = new FrameQueue(QueuePolicy.HOLD_BACK, 1, true, books);
    assertThat(queue.reserve(NOW)).isTrue();
    queue.close();

    PendingAnswer pending = queue.put(frame(0, null), Peer.UNKNOWN, 0);

    assertThat(pending.await(NOW)).isFalse();
    assertThat(books.snapshot().dropped()).isEqualTo(Map.of(DropReason.CLOSED, 1L));
  }

  @Test
  void shouldDropWhatComesAfterALaterFrameOfTheSameSender() throws Exception {
    FrameQueue queue = new FrameQueue(QueuePolicy.HOLD_BACK, 9, true, books);
    arrive(queue, "cam", "tcp://10.0.0.1:40001", 7, 700);
    arrive(queue, "cam", "tcp://10.0.0.1:40002", 9, 900);
    PendingAnswer late = arrive(queue, "cam", "tcp://10.0.0.1:40001", 8, 800);
    arrive(queue, "cam", "tcp://10.0.0.2:40001", 3, 300);
    arrive(queue, "other", "tcp://10.0.0.1:40003", 4, 400);
    arrive(queue, "cam", "tcp://10.0.0.1:40004", 0, 1000);
    arrive(queue, "cam", "tcp://10.0.0.1:40004", 1, 1100);

    for (long expected : new long[] {7, 9, 3, 4, 0, 1}) {
      assertThat(take(queue)).isEqualTo(expected);
    }
    assertThat(late.await(NOW)).as("answered, since the peer may wait").isTrue();
    assertThat(books.snapshot().dropped()).isEqualTo(Map.of(DropReason.TOO_OLD, 1L));
    queue.close();
  }

  @Test
  void shouldBelieveASenderThatIsBackWithItsClockSetBack() throws Exception {
    FrameQueue queue = new FrameQueue(QueuePolicy.NEWEST, 1, false, books);
    arrive(queue, "cam", "tcp://10.0.0.1:40001", 1000, 1_000_000);
    for (int i = 0; i < 20; i++) {
      arrive(queue, "cam", "tcp://10.0.0.1:40002", i, i);
    }

    assertThat(take(queue)).isEqualTo(19);
    assertThat(books.snapshot().dropped()).containsEntry(DropReason.TOO_OLD, 16L);
    queue.close();
  }

  private PendingAnswer arrive(
      FrameQueue queue, String sender, String address, long sequence, long sentMicros) {
    FrameHeader header =
        new FrameHeader(
            Encoding.raw(FrameFormat.of(1, 1, PixelFormat.GRAY)),
            null,
            "0",
            null,
            sequence,
            sentMicros,
            sender,
            FrameHeader.UNKNOWN_OFFSET);
    return queue.put(
        new Incoming.FrameArrived(header, pool.acquire(1)), Peer.at(address), sentMicros);
  }

  private boolean put(FrameQueue queue, int sequence) {
    return put(queue, sequence, null);
  }

  private boolean put(FrameQueue queue, int sequence, Object port) {
    if (!queue.reserve(NOW)) {
      return false;
    }
    queue.put(frame(sequence, port), Peer.UNKNOWN, 0);
    return true;
  }

  private long take(FrameQueue queue) throws InterruptedException {
    QueuedFrame frame = queue.take(NOW);
    frame.payload().release();
    books.delivered();
    return frame.header().sequence();
  }

  private Incoming.FrameArrived frame(long sequence, Object port) {
    Encoding encoding = Encoding.raw(FrameFormat.of(1, 1, PixelFormat.GRAY));
    return new Incoming.FrameArrived(
        new FrameHeader(encoding, null, "0", port, sequence, -1, "", FrameHeader.UNKNOWN_OFFSET),
        pool.acquire(1));
  }

  private static void onThread(Runnable work) {
    Thread thread = new Thread(work, "test-task");
    thread.setDaemon(true);
    thread.start();
  }
}
