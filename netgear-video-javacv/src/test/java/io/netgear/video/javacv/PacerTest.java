package io.netgear.video.javacv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.spi.Ticker;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacerTest {
  private long now = 5_000_000_000L;
  private final Ticker ticker =
      (Ticker)
          Proxy.newProxyInstance(
              Ticker.class.getClassLoader(),
              new Class<?>[] {Ticker.class},
              (proxy, method, args) -> {
                if (method.getName().equals("nanos")) {
                  return now;
                }
                throw new AssertionError("a pacer only asks for nanos(), not " + method);
              });

  private Pacer pacer(double perSecond) {
    return Pacer.perSecond(perSecond, ticker, nanos -> now += nanos);
  }

  @Test
  void shouldNotDrift() {
    Pacer pacer = pacer(30);
    pacer.await();
    long start = now;
    for (int i = 0; i < 30_000; i++) {
      now += 7_123_457; // work
      pacer.await();
    }
    assertThat(now - start).isBetween(999_999_999_999L, 1_000_000_000_000L);
  }

  @Test
  void shouldComeBackToTimeAfterASleepThatTookTooLong() {
    Pacer pacer = Pacer.perSecond(100, ticker, nanos -> now += nanos + 3_000_000);
    pacer.await();
    long start = now;
    for (int i = 1; i <= 50; i++) {
      pacer.await();
      assertThat(now - start).isEqualTo(i * 10_000_000L + 3_000_000);
    }
  }

  @Test
  void shouldNotBurstAfterAStall() {
    Pacer pacer = pacer(10);
    pacer.await();
    now += 10_000_000_000L;
    List<Long> rounds = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      pacer.await();
      rounds.add(now);
    }
    for (int i = 1; i < rounds.size(); i++) {
      assertThat(rounds.get(i) - rounds.get(i - 1)).isEqualTo(100_000_000L);
    }
  }

  @Test
  void shouldSleepAgainWhenWokenEarly() {
    List<Long> sleeps = new ArrayList<>();
    Pacer pacer =
        Pacer.perSecond(
            10,
            ticker,
            nanos -> {
              sleeps.add(nanos);
              now += Math.min(nanos, 40_000_000);
            });
    pacer.await();
    pacer.await();
    assertThat(sleeps).containsExactly(100_000_000L, 60_000_000L, 20_000_000L);
  }

  @Test
  void shouldThinOutALiveSourceEvenly() {
    Pacer pacer = pacer(10);
    int taken = 0;
    for (int i = 0; i < 600; i++) { // 60 frames/s for 10 s, each a little early or late
      now += 16_666_667 + (i % 2 == 0 ? 2_000_000 : -2_000_000);
      taken += pacer.tryTake() ? 1 : 0;
    }
    assertThat(taken).isBetween(99, 101);
  }

  @Test
  void shouldStopSleepingWhenInterrupted() {
    Pacer pacer = pacer(0.001);
    pacer.await();
    long before = now;
    Thread.currentThread().interrupt();
    pacer.await();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(now).isEqualTo(before);
  }

  @Test
  void shouldRefuseRatesThatMakeNoSense() {
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Pacer.perSecond(rate))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("got " + rate);
    }
  }
}
