package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Helpers join whoever has work, nobody waits for them, and every part is done once. */
@Timeout(60)
class CrewTest {
  private final NativeSession session = NativeSession.forEncoding();
  private final long handle = session.acquire();

  /** Parts that remember who did them. */
  private static final class Parts extends SharedWork {
    final AtomicIntegerArray done;
    final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    final IntPredicate body;

    Parts(int count, IntPredicate body) {
      done = new AtomicIntegerArray(count);
      this.body = body;
    }

    @Override
    boolean doPart(int index, long handle) {
      workers.add(Thread.currentThread());
      done.incrementAndGet(index);
      return body.test(index);
    }

    @Override
    boolean decodes() {
      return false;
    }
  }

  @Test
  void shouldDoEachPartOnceHoweverManyHelp() {
    Crew crew = new Crew(4);
    for (int round = 0; round < 2_000; round++) {
      int count = 1 + round % 40;
      Parts parts = new Parts(count, index -> true);
      crew.share(parts, count, 1 + round % 5, handle);
      for (int i = 0; i < count; i++) {
        assertThat(parts.done.get(i)).isEqualTo(1);
      }
      assertThat(parts.failed()).isFalse();
    }
  }

  @Test
  void shouldBringHelpersThatAreDaemonsWithNames() {
    Crew crew = new Crew(3);
    CountDownLatch together = new CountDownLatch(3);
    Parts parts = new Parts(3, index -> meet(together));
    crew.share(parts, 3, 3, handle);
    assertThat(parts.failed()).isFalse();
    parts.workers.remove(Thread.currentThread());
    assertThat(parts.workers)
        .extracting(Thread::getName)
        .allMatch(n -> n.startsWith("netgear-jpeg-"));
    assertThat(parts.workers).hasSize(2).allMatch(Thread::isDaemon);
    for (Thread helper : parts.workers) {
      await().until(() -> helper.getState() == Thread.State.WAITING);
    }
  }

  private static boolean meet(CountDownLatch latch) {
    latch.countDown();
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldNotBringMoreThreadsThanAskedFor() {
    Crew crew = new Crew(8);
    for (int round = 0; round < 200; round++) {
      Parts parts = new Parts(30, index -> true);
      crew.share(parts, 30, 2, handle);
      assertThat(parts.workers).hasSizeLessThanOrEqualTo(2);
    }
    Parts alone = new Parts(30, index -> true);
    crew.share(alone, 30, 1, handle);
    assertThat(alone.workers).containsExactly(Thread.currentThread());
  }

  @Test
  void shouldGoOnAloneWhileHelpersAreWithOthers() throws Exception {
    Crew crew = new Crew(2);
    CountDownLatch together = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    Parts long2 =
        new Parts(
            2,
            index -> {
              meet(together);
              return released(end);
            });
    Thread other = inBackground(crew, long2, 2);
    assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();

    Parts parts = new Parts(20, index -> true);
    crew.share(parts, 20, 2, handle);

    assertThat(parts.workers).containsExactly(Thread.currentThread());
    end.countDown();
    other.join(30_000);
    assertThat(other.isAlive()).isFalse();
    assertThat(long2.failed()).isFalse();
  }

  private static boolean released(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Thread inBackground(Crew crew, Parts parts, int threads) {
    Thread thread =
        new Thread(
            () -> {
              try (NativeSession own = NativeSession.forEncoding()) {
                crew.share(parts, parts.done.length(), threads, own.acquire());
                own.release();
              }
            });
    thread.start();
    return thread;
  }

  @Test
  void shouldLetEveryStreamGoOnWhenThereAreMoreThanCores() throws Exception {
    Crew crew = new Crew(3);
    List<Thread> streams = new ArrayList<>();
    List<Parts> last = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Parts ending = new Parts(9, index -> true);
      last.add(ending);
      Thread stream =
          new Thread(
              () -> {
                for (int frame = 0; frame < 300; frame++) {
                  Parts parts = new Parts(9, index -> true);
                  crew.share(parts, 9, 3, 0);
                  for (int part = 0; part < 9; part++) {
                    assertThat(parts.done.get(part)).isEqualTo(1);
                  }
                }
                crew.share(ending, 9, 3, 0);
              });
      streams.add(stream);
      stream.start();
    }
    for (Thread stream : streams) {
      stream.join(40_000);
      assertThat(stream.isAlive()).isFalse();
    }
    assertThat(last).allMatch(parts -> parts.done.get(8) == 1);
  }

  @Test
  void shouldNotCountCoresThatOthersWorkOn() {
    Crew crew = new Crew(3);
    for (int callers = 1; callers < 6; callers++) {
      crew.enter();
      assertThat(crew.threadsFor(new Parts(1, index -> true), 8))
          .isEqualTo(Math.max(1, 4 - callers));
    }
    for (int callers = 5; callers > 1; callers--) {
      crew.leave();
    }
    assertThat(crew.threadsFor(new Parts(1, index -> true), 8)).isEqualTo(3);
  }

  @Test
  void shouldStopAtAPartThatFails() {
    Crew crew = new Crew(1);
    Parts parts = new Parts(10, index -> index < 3);
    crew.share(parts, 10, 4, handle);
    assertThat(parts.failed()).isTrue();
    assertThat(parts.done.get(3)).isEqualTo(1);
    assertThat(parts.done.get(4)).isZero();

    Parts next = new Parts(10, index -> true);
    crew.share(next, 10, 4, handle);
    assertThat(next.failed()).isFalse();
  }

  @Test
  void shouldSurviveAHelperThatThrows() {
    Crew crew = new Crew(2);
    Thread self = Thread.currentThread();
    CountDownLatch together = new CountDownLatch(2);
    Parts parts =
        new Parts(
            2,
            index -> {
              meet(together);
              if (Thread.currentThread() != self) {
                throw new IllegalStateException("on purpose");
              }
              return true;
            });
    crew.share(parts, 2, 2, handle);
    assertThat(parts.failed()).isTrue();

    CountDownLatch again = new CountDownLatch(2);
    Parts next = new Parts(2, index -> meet(again));
    crew.share(next, 2, 2, handle);
    assertThat(next.failed()).as("the helper came again").isFalse();
  }

  @Test
  void shouldWaitForHelpersBeforeItThrows() {
    Crew crew = new Crew(2);
    Thread self = Thread.currentThread();
    CountDownLatch together = new CountDownLatch(2);
    AtomicIntegerArray finished = new AtomicIntegerArray(1);
    Parts parts =
        new Parts(
            2,
            index -> {
              meet(together);
              if (Thread.currentThread() == self) {
                throw new IllegalStateException("on purpose");
              }
              for (int i = 0; i < 1_000_000; i++) {
                Thread.onSpinWait();
              }
              finished.set(0, 1);
              return true;
            });
    assertThatThrownBy(() -> crew.share(parts, 2, 2, handle)).hasMessage("on purpose");
    assertThat(finished.get(0)).isEqualTo(1);
  }

  @Test
  void shouldKeepAnInterruptForTheCaller() {
    Crew crew = new Crew(2);
    Thread.currentThread().interrupt();
    Thread self = Thread.currentThread();
    Parts parts =
        new Parts(
            2,
            index -> {
              for (int i = 0; Thread.currentThread() != self && i < 1_000_000; i++) {
                Thread.onSpinWait();
              }
              return true;
            });
    crew.share(parts, 2, 2, handle);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(parts.done.get(0) + parts.done.get(1)).isEqualTo(2);
  }
}
