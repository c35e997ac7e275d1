package io.netgear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ConductFlagsTest {
  @Command
  private static final class Any {
    @CommandLine.Mixin ConductFlags conduct = new ConductFlags();
  }

  @Test
  void shouldSayAllItsFlagsAgain() {
    List<String> said =
        List.of(
            "--pattern=pair",
            "--transport=memory",
            "--codec=raw",
            "--name=left",
            "--retries=3",
            "--option=queue=newest",
            "--lenient");
    Any any = new Any();
    new CommandLine(any).parseArgs(said.toArray(String[]::new));

    List<String> again = new ArrayList<>();
    any.conduct.addTo(again);

    assertThat(again).containsExactlyInAnyOrderElementsOf(said);
  }
}
