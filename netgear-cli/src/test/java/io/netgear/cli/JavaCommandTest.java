package io.netgear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JavaCommandTest {
  @AfterEach
  void forgetTheLauncher() {
    System.clearProperty("netgear.java.options");
  }

  @Test
  void shouldStartTheSameJavaOnTheSameClasses() {
    List<String> command = JavaCommand.of(List.of("send", "--json"));

    assertThat(command.get(0)).startsWith(System.getProperty("java.home"));
    assertThat(command).contains(System.getProperty("java.class.path"));
    assertThat(command).endsWith("io.netgear.cli.Main", "send", "--json");
  }

  @Test
  void shouldTakeTheOptionsThatTheLauncherWrote() {
    System.setProperty("netgear.java.options", "/some/where/java-17");

    assertThat(JavaCommand.of(List.of("info"))).contains("@/some/where/java-17");
  }
}
