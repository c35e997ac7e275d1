package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Work is dealt out in portions that get smaller, so that all threads end together. */
class PortionsTest {
  private static List<Integer> portions(int count, int threads) {
    List<Integer> portions = new ArrayList<>();
    for (int left = count; left > 0; left -= portions.get(portions.size() - 1)) {
      portions.add(Portions.next(left, threads));
    }
    return portions;
  }

  @Test
  void shouldGetSmallerToSingleOnesAtTheEnd() {
    assertThat(portions(27, 2)).containsExactly(7, 5, 4, 3, 2, 2, 1, 1, 1, 1);
    assertThat(portions(8, 2)).containsExactly(2, 2, 1, 1, 1, 1);
  }

  @Test
  void shouldDealOutEverythingToAnyNumberOfThreads() {
    for (int threads = 2; threads <= 16; threads++) {
      for (int count = 1; count <= 64; count++) {
        List<Integer> portions = portions(count, threads);
        assertThat(portions.stream().mapToInt(portion -> portion).sum()).isEqualTo(count);
        assertThat(portions).isSortedAccordingTo(Comparator.reverseOrder()).endsWith(1);
        assertThat(portions.get(0)).isLessThanOrEqualTo(count / (2 * threads) + 1);
      }
    }
  }

  @Test
  void shouldGiveASingleThreadAll() {
    assertThat(portions(27, 1)).containsExactly(27);
  }

  @Test
  void shouldKeepTwoEqualThreadsBusyToTheLastStrip() {
    int[] done = new int[2];
    for (int portion : portions(27, 2)) {
      done[done[0] <= done[1] ? 0 : 1] += portion;
    }
    assertThat(Math.abs(done[0] - done[1])).isEqualTo(1);
  }

  @Test
  void shouldMakeUpForAThreadThatComesLate() {
    int[] done = {0, 5};
    for (int portion : portions(27, 2)) {
      done[done[0] <= done[1] ? 0 : 1] += portion;
    }
    assertThat(Math.abs(done[0] - done[1])).isLessThanOrEqualTo(1);
  }
}
