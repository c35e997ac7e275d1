package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {
  private final Progress progress = new Progress();
  private int turns;

  /** Turns until it is too slow, when so many bytes come in each. */
  private int turnsUntilTooSlow(int bytesOfATurn, boolean within, int messagesOfATurn) {
    for (turns = 0; turns < 100; turns++) {
      if (progress.isTooSlow(within, (long) turns * messagesOfATurn, (long) turns * bytesOfATurn)) {
        break;
      }
    }
    return turns;
  }

  @Test
  void shouldFindOutAboutDrops() {
    assertThat(turnsUntilTooSlow(20, true, 0)).isEqualTo(Progress.MOST_TURNS + 1);
  }

  @Test
  void shouldFindOutAboutSilenceWithinAMessage() {
    assertThat(turnsUntilTooSlow(0, true, 0)).isEqualTo(Progress.MOST_TURNS + 1);
  }

  @Test
  void shouldBearWithALineThatIsJustSlow() {
    int bytesOfATurn = Progress.LEAST_BYTES / Progress.MOST_TURNS + 1;

    assertThat(turnsUntilTooSlow(bytesOfATurn, true, 0)).isEqualTo(100);
  }

  @Test
  void shouldBearWithSmallMessagesThatEnd() {
    assertThat(turnsUntilTooSlow(20, true, 1)).isEqualTo(100);
  }

  @Test
  void shouldBearWithSilenceBetweenMessages() {
    assertThat(turnsUntilTooSlow(0, false, 0)).isEqualTo(100);
  }

  @Test
  void shouldStartAnewWithEachMessage() {
    for (int i = 0; i < Progress.MOST_TURNS; i++) {
      assertThat(progress.isTooSlow(true, 7, 100)).isFalse();
    }
    assertThat(progress.isTooSlow(true, 8, 200)).isFalse();
    for (int i = 0; i < Progress.MOST_TURNS; i++) {
      assertThat(progress.isTooSlow(true, 8, 200)).isFalse();
    }
    assertThat(progress.isTooSlow(true, 8, 200)).isTrue();
  }
}
