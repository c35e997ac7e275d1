package io.netgear.cli;

/** Where the command starts. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the JVM with its exit status, see docs/command.md. */
  public static void main(String[] args) {
    Interruption interruption = Interruption.ofProcess();
    int status =
        NetgearCommand.run(
            new Shell(System.in, System.out, System.err, interruption, Terminal.isStandardError()),
            args);
    System.out.flush();
    interruption.finished(status);
    System.exit(status);
  }
}
