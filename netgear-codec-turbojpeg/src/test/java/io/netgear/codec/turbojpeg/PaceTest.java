package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Frames are shared where that was measured to be faster, and both ways are tried again. */
class PaceTest {
  private static final long PIXELS = 100;

  private final Pace pace = new Pace();

  /** Does frames that take so long. Gives how many were shared. */
  private int shared(int frames, long sharedNs, long aloneNs) {
    int shared = 0;
    for (int i = 0; i < frames; i++) {
      boolean shares = pace.sharesNext();
      shared += shares ? 1 : 0;
      pace.took(shares, shares ? sharedNs : aloneNs, PIXELS);
    }
    return shared;
  }

  @Test
  void shouldTryBothWaysAtFirst() {
    assertThat(pace.sharesNext()).isTrue();
    pace.took(true, 10, PIXELS);
    assertThat(shared(Pace.TRIALS - 1, 10, 10)).isEqualTo(Pace.TRIALS / 2 - 1);
  }

  @Test
  void shouldShareWhereThatIsFaster() {
    shared(Pace.TRIALS, 500, 1000);
    assertThat(shared(640, 500, 1000)).isEqualTo(630);
  }

  @Test
  void shouldStayAloneWhereHelpersAreHeldUp() {
    shared(Pace.TRIALS, 1300, 1000);
    assertThat(shared(6400, 1300, 1000)).isBetween(90, 110);
  }

  @Test
  void shouldGoOnSharingAfterTwoFramesThatWereHeldUp() {
    shared(500, 500, 1000);
    assertThat(shared(2, 5000, 1000)).isEqualTo(2);
    assertThat(shared(60, 500, 1000)).isGreaterThanOrEqualTo(59);
  }

  @Test
  void shouldTrySoonAgainWhereHelpHasJustStoppedToPay() {
    shared(500, 500, 1000);
    assertThat(shared(5, 5000, 1000)).isLessThan(5);
    int soon = 2 * Pace.FRAMES_TO_FIRST_TRIAL;
    assertThat(shared(60, 500, 1000)).isGreaterThanOrEqualTo(60 - soon);
  }

  @Test
  void shouldTryMoreAndMoreRarelyWhileHelpDoesNotPay() {
    shared(Pace.TRIALS, 500, 1000);
    shared(5, 5000, 1000);
    int first = shared(64, 5000, 1000);
    int later = shared(64, 5000, 1000);
    assertThat(first).isBetween(3, 5);
    assertThat(later).isEqualTo(1);
  }

  @Test
  void shouldNoticeWhenTheMachineGetsBusyAndQuietAgain() {
    shared(1000, 500, 1000);
    assertThat(shared(640, 1500, 1100)).isLessThan(40);
    assertThat(shared(256, 500, 1000)).isGreaterThan(128);
  }

  @Test
  void shouldCompareFramesOfDifferentSizes() {
    for (int i = 0; i < Pace.TRIALS; i++) {
      boolean shares = pace.sharesNext();
      pace.took(shares, shares ? 5000 : 1000, shares ? 10 * PIXELS : PIXELS);
    }
    assertThat(shared(63, 500, 1000)).isGreaterThan(60);
  }

  @Test
  void shouldGoOnMeasuringAfterFramesThatWereNoWork() {
    for (int i = 0; i < 20; i++) {
      pace.took(pace.sharesNext(), 100, 0);
    }
    shared(Pace.FRAMES_TO_NEXT_TRIAL, 500, 1000);
    assertThat(shared(640, 500, 1000)).isEqualTo(630);
  }

  @Test
  void shouldShareWhenItNeverWorkedAlone() {
    int shared = 0;
    for (int i = 0; i < Pace.TRIALS + 640; i++) {
      shared += pace.sharesNext() ? 1 : 0;
      pace.took(true, 100, PIXELS);
    }
    assertThat(shared).isEqualTo(Pace.TRIALS / 2 + 630);
  }
}
