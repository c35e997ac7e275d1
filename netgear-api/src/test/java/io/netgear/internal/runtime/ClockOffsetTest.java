package io.netgear.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.spi.FrameHeader;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
  private final ClockOffset offset = new ClockOffset();

  @Test
  void shouldBeUnknownAtFirst() {
    assertThat(offset.micros()).isEqualTo(FrameHeader.UNKNOWN_OFFSET);
  }

  @Test
  void shouldBeExactWhenBothWaysTakeEquallyLong() {
    offset.learn(1_000, 501_200, 501_900, 2_100);

    assertThat(offset.micros()).isEqualTo(500_000);
  }

  @Test
  void shouldPreferTheShortestExchange() {
    offset.learn(0, 1_000 + 100, 1_000 + 100, 200);
    offset.learn(0, 1_000 + 50_000, 1_000 + 50_000, 50_100);

    assertThat(offset.micros()).isEqualTo(1_000);
  }

  @Test
  void shouldFollowAClockThatDrifts() {
    offset.learn(0, 100, 100, 200);
    for (int i = 0; i < 200; i++) {
      offset.learn(0, 5_000 + 150, 5_000 + 150, 300);
    }

    assertThat(offset.micros()).isEqualTo(5_000);
  }

  @Test
  void shouldLearnNothingFromImpossibleTimes() {
    offset.learn(-1, 5, 6, 7);
    offset.learn(0, -1, -1, 7);
    offset.learn(0, 10, 5, 7);
    offset.learn(10, 10, 10, 5);
    offset.learn(0, 0, Long.MAX_VALUE, 5);

    assertThat(offset.micros()).isEqualTo(FrameHeader.UNKNOWN_OFFSET);
  }
}
