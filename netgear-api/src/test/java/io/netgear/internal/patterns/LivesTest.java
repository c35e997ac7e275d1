package io.netgear.internal.patterns;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.WireFormatException;
import org.junit.jupiter.api.Test;

/** Which of a sender's lives a goodbye ends. */
class LivesTest {
  private final Lives lives = new Lives();

  private void shouldBelieve(long life) {
    assertThatCode(() -> lives.goodbye(life)).doesNotThrowAnyException();
  }

  private void shouldNotBelieve(long life) {
    assertThatThrownBy(() -> lives.goodbye(life))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("earlier life");
  }

  @Test
  void shouldBelieveAnyGoodbyeBeforeTheFirstFrame() {
    shouldBelieve(-1);
    shouldBelieve(7);
  }

  @Test
  void shouldBelieveTheLifeWhoseFramesCameAndLaterOnes() {
    lives.frame(7);

    shouldBelieve(7);
    shouldBelieve(8);
    shouldBelieve(-1);
    shouldNotBelieve(6);
  }

  @Test
  void shouldNotBelieveAnEarlierLifeWhoseLastFramesComeLateToo() {
    lives.frame(7);
    lives.frame(6);
    lives.frame(6);

    shouldNotBelieve(6);
    shouldBelieve(7);
  }

  @Test
  void shouldBelieveASenderThatWasStartedAgainWithItsClockSetBack() {
    lives.frame(7);
    for (int i = 0; i < 17; i++) {
      lives.frame(3);
    }

    shouldBelieve(3);
  }

  @Test
  void shouldBelieveAnythingWhenTheSenderIsOneThatDoesNotSay() {
    lives.frame(7);
    for (int i = 0; i < 17; i++) {
      lives.frame(-1);
    }

    shouldBelieve(3);
  }
}
