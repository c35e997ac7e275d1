package io.netgear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatternCheckTest {
  private final PatternCheck check = new PatternCheck();

  private Map<String, Object> after(int... numbers) {
    for (int number : numbers) {
      check.follow(number);
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    check.describe(summary);
    return summary;
  }

  @Test
  void shouldFindNothingWrongWithNumbersInARow() {
    after(7, 8, 9);

    assertThat(check.flawless()).isTrue();
  }

  @Test
  void shouldCountGaps() {
    assertThat(after(0, 1, 4, 5, 7)).containsEntry("missing", 3L).containsEntry("duplicated", 0L);
    assertThat(check.flawless()).isFalse();
  }

  @Test
  void shouldCountDoubles() {
    assertThat(after(0, 1, 1, 2)).containsEntry("duplicated", 1L).containsEntry("missing", 0L);
  }

  @Test
  void shouldCountLateFramesAsOutOfOrderAndNoLongerMissing() {
    assertThat(after(0, 2, 1, 3)).containsEntry("out_of_order", 1L).containsEntry("missing", 0L);
  }

  @Test
  void shouldGoOnWhereNumbersStartAgain() {
    after(65_534, 65_535, 0, 1);

    assertThat(check.flawless()).isTrue();
  }
}
