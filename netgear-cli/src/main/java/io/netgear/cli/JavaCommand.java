package io.netgear.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start a process that runs this very program. */
final class JavaCommand {
  /** The launcher names the file here in which its JVM options lie. */
  private static final String LAUNCHER_OPTIONS = "netgear.java.options";

  private JavaCommand() {}

  /** The command line of {@code netgear} with {@code args}, on the same JDK and the same jars. */
  static List<String> of(List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String options = System.getProperty(LAUNCHER_OPTIONS);
    Module module = Main.class.getModule();
    if (options != null) {
      command.add("@" + options);
    } else if (module.isNamed()) {
      command.addAll(
          List.of("-p", System.getProperty("jdk.module.path"), "--add-modules", "ALL-MODULE-PATH"));
    } else {
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    }
    if (module.isNamed()) {
      command.add("-m");
      command.add(module.getName() + "/" + Main.class.getName());
    } else {
      command.add(Main.class.getName());
    }
    command.addAll(args);
    return command;
  }
}
