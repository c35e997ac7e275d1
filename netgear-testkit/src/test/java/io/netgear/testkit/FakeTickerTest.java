package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.spi.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class FakeTickerTest {
  private final FakeTicker ticker = new FakeTicker();

  @Test
  void shouldStandStillUntilAdvanced() {
    long nanos = ticker.nanos();
    Deadline deadline = Deadline.after(Duration.ofSeconds(3), ticker);
    ticker.advance(Duration.ofSeconds(3).minusNanos(1));
    assertThat(deadline.passed()).isFalse();
    ticker.advance(Duration.ofNanos(1));
    assertThat(deadline.passed()).isTrue();
    assertThat(ticker.nanos() - nanos).isEqualTo(3_000_000_000L);
    assertThat(ticker.epochMicros() - FakeTicker.START_MICROS).isEqualTo(3_000_000L);
  }

  @Test
  void shouldRefuseToRunBackwards() {
    assertThatThrownBy(() -> ticker.advance(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldWakeEveryThreadWhoseDeadlineHasComeAndNoOther() throws Exception {
    List<FutureTask<Long>> waiting = new ArrayList<>();
    for (int seconds = 1; seconds <= 4; seconds++) {
      waiting.add(wait(Duration.ofSeconds(seconds), new ReentrantLock()));
    }
    ticker.awaitWaiting(4);
    ticker.advance(Duration.ofSeconds(2));
    assertThat(waiting.get(0).get(20, TimeUnit.SECONDS)).isZero();
    assertThat(waiting.get(1).get(20, TimeUnit.SECONDS)).isZero();
    assertThat(ticker.waiting()).isEqualTo(2);
    assertThat(waiting.get(2).isDone()).isFalse();
    ticker.advance(Duration.ofDays(1));
    assertThat(waiting.get(2).get(20, TimeUnit.SECONDS)).isZero();
    assertThat(waiting.get(3).get(20, TimeUnit.SECONDS)).isZero();
    assertThat(ticker.waiting()).isZero();
  }

  @Test
  void shouldNeverLoseWakeUpOfThreadThatBeginsToWait() throws Exception {
    ReentrantLock shared = new ReentrantLock();
    for (int round = 0; round < 100; round++) {
      FutureTask<Long> waiting = wait(Duration.ofMillis(5), shared);
      for (int step = 0; step < 5; step++) {
        ticker.advance(Duration.ofMillis(1));
      }
      // Either it found the time over or it is woken; if it came too late, time goes on.
      while (!waiting.isDone()) {
        ticker.advance(Duration.ofMillis(1));
        Thread.onSpinWait();
      }
      assertThat(waiting.get()).isZero();
    }
  }

  private FutureTask<Long> wait(Duration duration, ReentrantLock lock) {
    Condition condition = lock.newCondition();
    FutureTask<Long> task =
        new FutureTask<>(
            () -> {
              Deadline deadline = Deadline.after(duration, ticker);
              lock.lock();
              try {
                while (!deadline.passed()) {
                  deadline.await(lock, condition);
                }
              } finally {
                lock.unlock();
              }
              return deadline.remainingNanos();
            });
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
