package io.netgear.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.ReceivedFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameSinkTest {
  private static final class Sink implements FrameSink {
    private final String name;
    private final boolean fails;
    private boolean closed;

    Sink(String name, boolean fails) {
      this.name = name;
      this.fails = fails;
    }

    @Override
    public void take(ReceivedFrame frame) {}

    @Override
    public void describe(Map<String, Object> summary) {
      summary.put(name, closed);
    }

    @Override
    public void close() {
      closed = true;
      if (fails) {
        throw new IllegalStateException(name + " does not close");
      }
    }
  }

  @Test
  void shouldCloseAllSinksAlsoWhenSomeFail() {
    List<FrameSink> sinks =
        List.of(
            new Sink("a", true), new Sink("b", false), new Sink("c", true), new Sink("d", false));
    Map<String, Object> summary = new HashMap<>();

    assertThatThrownBy(() -> FrameSink.closeAll(sinks, summary))
        .hasMessage("a does not close")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .hasToString("java.lang.IllegalStateException: c does not close"));

    assertThat(summary).isEqualTo(Map.of("a", true, "b", true, "c", true, "d", true));
  }
}
