package io.netgear.it.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netgear.it.process.JavaProgram;
import io.netgear.it.process.Jdks;
import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.Summary;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two ends on two releases of Java. */
class JdksIT {
  @RegisterExtension final Programs programs = new Programs();

  @ParameterizedTest
  @CsvSource({"17, 25, true", "25, 17, true", "25, 25, false"})
  void shouldStreamBetweenReleases(int sending, int receiving, boolean modular) {
    Receiver receiver =
        programs.receiver(program(receiving, modular), "--check", "test", "--pattern", "1");
    Summary sent =
        programs
            .sender(
                program(sending, modular),
                receiver,
                "--pattern",
                "1",
                "--frames",
                "40",
                "--source",
                "test:320x240@100")
            .awaitSummary()
            .assertEnded("limit");
    Summary received = receiver.awaitSummary().assertEnded("goodbye").assertWholePattern(40);

    assertThat(received.fraction("psnr_min")).isGreaterThan(40);
    assertThat(received.count("bytes")).isEqualTo(sent.count("bytes"));
  }

  private static JavaProgram program(int release, boolean modular) {
    Optional<Path> jdk = Jdks.ofRelease(release);
    assumeThat(jdk).as("a JDK %s below /usr/lib/jvm", release).isPresent();
    return (modular ? JavaProgram.onModulePath() : JavaProgram.onClassPath()).on(jdk.get());
  }
}
