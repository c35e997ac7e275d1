package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** A strip is remembered where it tends to stay, and hardly ever where it only seems to. */
class StillnessTest {
  private final Stillness stillness = new Stillness();

  StillnessTest() {
    stillness.reset(1);
  }

  /** In how many of so many frames the strip is remembered. */
  private int remembered(int frames, IntPredicate stays, IntPredicate seems) {
    int count = 0;
    for (int i = 0; i < frames; i++) {
      if (!stillness.remembers(0)) {
        stillness.seems(0, seems.test(i));
      } else if (stays.test(i)) {
        stillness.same(0);
      } else {
        stillness.changed(0);
      }
      count += stillness.remembers(0) ? 1 : 0;
    }
    return count;
  }

  @Test
  void shouldNotRememberWhatMoves() {
    assertThat(remembered(1000, i -> false, i -> false)).isZero();
  }

  @Test
  void shouldRememberWhatStays() {
    assertThat(remembered(1000, i -> true, i -> true)).isEqualTo(1000);
  }

  @Test
  void shouldHardlyEverFollowHintsThatLeadNowhere() {
    remembered(1000, i -> false, i -> true);
    assertThat(remembered(1000, i -> false, i -> true)).isLessThan(30);
  }

  @Test
  void shouldRememberFramesThatComeInPairs() {
    remembered(10, i -> i % 2 == 1, i -> i % 2 == 1);
    assertThat(remembered(1000, i -> i % 2 == 1, i -> i % 2 == 1)).isEqualTo(1000);
  }

  @Test
  void shouldFindOutWhenAMovingStripStops() {
    remembered(1000, i -> false, i -> true);
    int moving = 0;
    while (!stillness.remembers(0) && moving < 200) {
      stillness.seems(0, true);
      moving++;
    }
    assertThat(moving).isLessThan(130);
    assertThat(remembered(100, i -> true, i -> true)).isEqualTo(100);
  }

  @Test
  void shouldForgetAtTheNextChangeOfSize() {
    remembered(10, i -> true, i -> true);
    stillness.reset(3);
    assertThat(stillness.remembers(0)).isFalse();
  }
}
