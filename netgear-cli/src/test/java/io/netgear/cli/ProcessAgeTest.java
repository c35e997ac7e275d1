package io.netgear.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessAgeTest {
  private static final Path UPTIME = Path.of("/proc/uptime");

  @Test
  void shouldNotCountWhatCameBeforeTheLauncherWasReady() throws IOException {
    assumeTrue(Files.exists(UPTIME), "only Linux tells when a process was started");
    String ready = Files.readString(UPTIME).split(" ", -1)[0];
    long sinceReady;
    System.setProperty(ProcessAge.READY_PROPERTY, ready);
    try {
      sinceReady = ProcessAge.now().millis();
    } finally {
      System.clearProperty(ProcessAge.READY_PROPERTY);
    }

    // this JVM was there for a while before
    assertThat(sinceReady).isBetween(0L, ProcessAge.now().millis() - 1);
  }
}
