package io.netgear.transport.netty.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();
  private long now;
  private long sent;
  private long shown;

  private void fill() {
    while (pace.mayLeave()) {
      sent++;
      pace.left(sent, now);
    }
  }

  private void showAfter(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    shown++;
    assertThat(pace.shown(shown, now)).isTrue();
  }

  @Test
  void shouldFillALongWayWithMorePictures() {
    for (int i = 0; i < 20; i++) {
      fill();
      long underWay = sent - shown;
      now += TimeUnit.MILLISECONDS.toNanos(200);
      for (long each = 0; each < underWay; each++) {
        showAfter(0);
        fill();
      }
    }
    assertThat(pace.window()).isEqualTo(Pace.MOST);
  }

  @Test
  void shouldSendLessWhereAnswersTakeEverLonger() {
    fill();
    showAfter(10);
    for (int i = 0; i < 20; i++) {
      fill();
      showAfter(100 + i);
    }
    assertThat(pace.window()).isEqualTo(1);
  }

  @Test
  void shouldTakeAnswersInOrderOnly() {
    fill();
    assertThat(pace.shown(2, now)).isFalse();
    assertThat(pace.shown(0, now)).isFalse();
    assertThat(pace.shown(1, now)).isTrue();
    assertThat(pace.shown(1, now)).isFalse();
    assertThat(pace.shown(2, now)).isTrue();
    assertThat(pace.shown(3, now)).isFalse();
  }
}
