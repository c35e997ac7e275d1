package io.netgear.cli;

import io.netgear.NetGearException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Ties a process to the one that started it by its standard input: an address may come in as the
 * first line, and when input ends, however that came about, so does the process.
 */
final class Leash {
  private final Shell shell;
  private final BufferedReader in;

  Leash(Shell shell) {
    this.shell = shell;
    this.in = new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8));
  }

  /** Waits for the address, and from then on for the end. */
  String address() {
    String line = readLine();
    if (line == null) {
      throw new NetGearException("Standard input ended before it told an address.");
    }
    hold();
    return line;
  }

  /** Waits for the end from now on, on a thread of its own. */
  void hold() {
    Thread thread = new Thread(this::awaitEnd, "netgear-leash");
    thread.setDaemon(true);
    thread.start();
  }

  private void awaitEnd() {
    while (readLine() != null) {
      // What else is said means nothing yet.
    }
    shell.interruption().request();
  }

  /** Null at the end, and when the pipe broke. */
  private String readLine() {
    try {
      return in.readLine();
    } catch (IOException e) {
      return null;
    }
  }
}
