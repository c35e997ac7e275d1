package io.netgear.transport.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.testkit.Threads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LastLookTest {
  private static final long LONG_AGO = TimeUnit.MINUTES.toNanos(1);

  private final long now = System.nanoTime();

  @Test
  void shouldNotWaitWhereTheLastMessageCameLongAgo() {
    new LastLook(true, false).await(now - LONG_AGO);
  }

  @Test
  void shouldWaitUntilTheLinkHasFoundNothingMoreWhateverItsApplicationDoesMeanwhile() {
    LastLook look = new LastLook(true, true);
    CompletableFuture<Void> waiting = Threads.run(() -> look.await(now - LONG_AGO));
    look.foundNone(now); // it had begun to look before the end was seen
    assertThat(waiting).isNotDone();

    look.foundNone(now + LONG_AGO);

    waiting.join();
  }

  @Test
  void shouldNotWaitForALinkThatIsWokenByWhatComes() {
    LastLook look = new LastLook(true, true);
    look.waiting(true);
    look.await(now - LONG_AGO);
  }

  @Test
  void shouldNotWaitForALinkThatCloses() {
    LastLook look = new LastLook(true, true);
    CompletableFuture<Void> waiting = Threads.run(() -> look.await(now));

    look.over();

    waiting.join();
  }

  @Test
  void shouldWaitForAnAnswerAloneWhereAllThatComesIsOne() {
    LastLook look = new LastLook(false, false);
    look.asked();
    look.answered();
    look.await(now + LONG_AGO);
    look.asked();
    CompletableFuture<Void> waiting = Threads.run(() -> look.await(now + LONG_AGO));
    assertThat(waiting).isNotDone();

    look.answered();

    waiting.join();
  }
}
