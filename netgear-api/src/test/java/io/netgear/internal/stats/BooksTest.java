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
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
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
  void shouldLogEachReasonForWhichPeersAreRefusedOnceAndNotTooMany() {
    Logger log = Logger.getLogger("io.netgear.events");
    List<String> logged = new ArrayList<>();
    Handler handler =
        new StreamHandler() {
          @Override
          public synchronized void publish(LogRecord message) {
            logged.add(new SimpleFormatter().formatMessage(message));
          }
        };
    log.addHandler(handler);
    try {
      books.refused(Peer.at("tcp://10.0.0.7:5000"), "its certificate expired");
      books.refused(Peer.at("tcp://10.0.0.7:5002"), "its certificate expired");
      books.refused(Peer.UNKNOWN, "it sent {0} bytes");
      for (int i = 0; i < 2 * Books.MOST_REASONS_LOGGED; i++) {
        books.refused(Peer.UNKNOWN, "reason " + i);
      }
    } finally {
      log.removeHandler(handler);
    }

    assertThat(logged)
        .hasSize(Books.MOST_REASONS_LOGGED)
        .startsWith(
            "Refused tcp://10.0.0.7:5000: its certificate expired.",
            "Refused an unknown peer: it sent {0} bytes.",
            "Refused an unknown peer: reason 0.");
    assertThat(logged.get(Books.MOST_REASONS_LOGGED - 1)).contains("Events.refused alone");
    assertThat(books.snapshot().refused()).isEqualTo(3 + 2 * Books.MOST_REASONS_LOGGED);
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
