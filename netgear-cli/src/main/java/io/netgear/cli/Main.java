package io.netgear.cli;

/** Where the command starts. */
public final class Main {
  private static final String MACHINE_ID = "io.netty.machineId";

  private Main() {}

  /** Runs one command and ends the JVM with its exit status, see docs/command.md. */
  public static void main(String[] args) {
    // for Netty's names of channels, which nobody reads here: it would look for a network
    // interface's address instead, and complain where no interface has one
    if (System.getProperty(MACHINE_ID) == null) {
      System.setProperty(MACHINE_ID, "00:00:00:00:00:01");
    }
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
