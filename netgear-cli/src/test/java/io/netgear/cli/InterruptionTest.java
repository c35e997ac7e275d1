package io.netgear.cli;

import static io.netgear.cli.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  private final Interruption interruption = new Interruption();
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void shouldRunAtOnceWhatAsksForIt() {
    interruption.atOnce(calls::incrementAndGet);
    interruption.request();
    interruption.request();

    assertThat(interruption.requested()).isTrue();
    assertThat(calls).hasValue(1);
  }

  @Test
  void shouldRunWhatComesTooLateForTheRequest() {
    interruption.request();
    interruption.atOnce(calls::incrementAndGet);

    assertThat(calls).hasValue(1);
  }

  @Test
  void shouldForgetWhatWasClosed() {
    interruption.atOnce(calls::incrementAndGet).close();
    interruption.request();

    assertThat(calls).hasValue(0);
  }

  @Test
  void shouldCloseWhatDoesNotStopByItself() {
    interruption.whenLate(calls::incrementAndGet);
    interruption.request();

    await().until(() -> calls.get() == 1);
  }
}
