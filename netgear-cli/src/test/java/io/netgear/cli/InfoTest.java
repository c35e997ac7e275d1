package io.netgear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InfoTest {
  @Test
  void shouldListPluginsAndMachine() {
    CommandRun run = CommandRun.start("info");

    assertThat(run.status()).isEqualTo(ExitStatus.FINE);
    assertThat(run.out()).contains("zmq", "turbojpeg", "raw", "request-reply", "java ", "cpu ");
  }

  @Test
  @SuppressWarnings("unchecked")
  void shouldTellProgramsTheSame() {
    Map<String, Object> info = CommandRun.start("info", "--json").summary();

    assertThat(info).containsKeys("netgear", "java", "system", "cpu", "libraries", "providers");
    assertThat((List<Map<String, Object>>) info.get("providers"))
        .anySatisfy(
            provider ->
                assertThat(provider)
                    .containsEntry("kind", "transport")
                    .containsEntry("name", "zmq")
                    .containsEntry("usable", true)
                    .containsKeys("origin", "detail"));
  }
}
