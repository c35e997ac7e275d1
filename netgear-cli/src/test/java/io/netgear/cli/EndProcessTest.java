package io.netgear.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What another process of the demo tells, and what its JVM says besides. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class EndProcessTest {
  private static final String WARNING = "[0.003s][warning][perf,memops] Cannot use a file";

  private static EndProcess printing(String... lines) throws IOException {
    List<String> command = new ArrayList<>(List.of("printf", "%s\\n"));
    command.addAll(List.of(lines)); // the format is used again for each
    return new EndProcess(new ProcessBuilder(command).start());
  }

  @Test
  void shouldNotTakeTheWarningsOfAJvmForWhatItTells() throws IOException {
    try (EndProcess end =
        printing(WARNING, "{\"addresses\": [\"tcp://127.0.0.1:7\"]}", "{\"frames\": 3}", WARNING)) {
      assertThat(end.address()).isEqualTo("tcp://127.0.0.1:7");
      assertThat(end.summary().get("frames").toString()).isEqualTo("3");
    }
  }

  @Test
  void shouldSayThatAProcessToldNothingOfItself() throws IOException {
    try (EndProcess end = printing(WARNING)) {
      assertThatThrownBy(end::summary)
          .isInstanceOf(StreamFailure.class)
          .hasMessageContaining("ended with status 0 and no summary");
    }
  }
}
