package io.netgear.internal.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.Peer;
import io.netgear.Stats;
import io.netgear.WireFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BooksTest {
  private final List<String> told = new ArrayList<>();
  private final Books books =
      new Books(
          new Events() {
            @Override
            public void dropped(DropReason reason, long count) {
              told.add(reason + " " + count);
              throw new IllegalStateException("a listener that fails");
            }
          });

  @Test
  void shouldBalanceAtEveryStep() {
    books.offered();
    assertThat(books.snapshot().balanced()).isTrue();
    assertThat(books.snapshot().waiting()).isEqualTo(1);

    books.delivered();
    books.offered();
    books.dropped(DropReason.TOO_OLD);
    books.offered();
    books.payload(1000);

    Stats stats = books.snapshot();
    assertThat(stats.balanced()).isTrue();
    assertThat(stats.frames()).isEqualTo(3);
    assertThat(stats.delivered()).isEqualTo(1);
    assertThat(stats.dropped()).isEqualTo(Map.of(DropReason.TOO_OLD, 1L));
    assertThat(stats.waiting()).isEqualTo(1);
    assertThat(stats.payloadBytes()).isEqualTo(1000);
  }

  @Test
  void shouldTellTheListenerAndSurviveItsFailure() {
    books.offered();
    books.dropped(DropReason.REPLACED);

    assertThat(told).containsExactly("REPLACED 1");
  }

  @Test
  void shouldNotEnterWhatATransportDroppedForOneOfItsPeers() {
    books.dropped(DropReason.QUEUE_FULL, 5);

    assertThat(told).containsExactly("QUEUE_FULL 5");
    assertThat(books.snapshot().totalDropped()).isZero();
    assertThat(books.snapshot().balanced()).isTrue();
  }

  @Test
  void shouldCountBadMessagesApart() {
    books.badMessage(Peer.UNKNOWN, new WireFormatException("not JSON"));

    assertThat(books.snapshot().badMessages()).isEqualTo(1);
    assertThat(books.snapshot().frames()).isZero();
  }

  @Test
  void shouldCountRefusedMessagesApart() {
    books.refused(Peer.UNKNOWN, "it was too large");
    books.refused(Peer.UNKNOWN, "there was no memory for it");

    assertThat(books.snapshot().refused()).isEqualTo(2);
    assertThat(books.snapshot().frames()).isZero();
    assertThat(books.snapshot().balanced()).isTrue();
  }
}
