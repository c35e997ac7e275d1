package io.netgear.transport.zmq;

import static io.netgear.transport.zmq.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Events;
import io.netgear.Peer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventTellerTest {
  private static final int MANY = 5 * EventTeller.MOST_WAITING;

  private final CountDownLatch blocked = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final List<String> told = new CopyOnWriteArrayList<>();

  /** Blocks in the first event that it is told. */
  private final Events listener =
      new Events() {
        @Override
        public void connected(Peer peer) {
          blocked.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          told.add("connected " + peer.address());
        }

        @Override
        public void lost(Peer peer) {
          told.add("lost " + peer.address());
        }

        @Override
        public void refused(Peer peer, String reason) {
          told.add(reason);
        }
      };

  @Test
  void shouldKeepNoMoreThanItsLimitWhileTheListenerIsBusy() throws InterruptedException {
    try (EventTeller teller = new EventTeller(listener, "a test")) {
      Peer first = Peer.at("first");
      teller.connected(first);
      blocked.await();
      for (int i = 0; i < MANY; i++) {
        teller.refused(Peer.UNKNOWN, "refused " + i);
      }
      assertThat(teller.untold()).isEqualTo(MANY - EventTeller.MOST_WAITING);

      Peer late = Peer.at("late");
      teller.connected(late);
      teller.lost(late);
      teller.lost(first);
      goOn.countDown();

      await().until(() -> told.contains("lost first"));
      assertThat(told)
          .hasSize(1 + EventTeller.MOST_WAITING + 1)
          .startsWith("connected first", "refused 0", "refused 1")
          .doesNotContain("connected late", "lost late");
      assertThat(teller.untold()).isEqualTo(MANY - EventTeller.MOST_WAITING + 1);
    }
  }

  @Test
  void shouldTellAgainOnceTheListenerIsBack() throws InterruptedException {
    try (EventTeller teller = new EventTeller(listener, "a test")) {
      teller.connected(Peer.at("first"));
      blocked.await();
      for (int i = 0; i < MANY; i++) {
        teller.refused(Peer.UNKNOWN, "refused " + i);
      }
      goOn.countDown();
      await().until(() -> told.size() == 1 + EventTeller.MOST_WAITING);

      teller.connected(Peer.at("second"));

      await().until(() -> told.contains("connected second"));
    }
  }
}
