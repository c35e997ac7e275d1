package io.netgear.cli;

import io.netgear.SenderBuilder;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * The way through an SSH server. No flag takes the password itself: command lines are there for all
 * to see.
 */
final class SshFlags {
  /** The variable of the environment that may hold the password. */
  static final String PASSWORD_VARIABLE = "NETGEAR_SSH_PASSWORD";

  @Option(
      names = "--ssh",
      paramLabel = "USER@HOST[:PORT]",
      description = "Go to the address through this SSH server.")
  String server;

  @Option(
      names = "--ssh-key",
      paramLabel = "FILE",
      description = "The private key to log in with there.")
  String key;

  @Option(
      names = "--ssh-password-file",
      paramLabel = "FILE",
      description =
          "Its first line is the password there, or unlocks the key; else "
              + PASSWORD_VARIABLE
              + " of the environment is.")
  Path passwordFile;

  @Option(names = "--ssh-ask", description = "Ask for that password on the terminal.")
  boolean ask;

  @Option(
      names = "--ssh-known-hosts",
      paramLabel = "FILE",
      description = "SSH servers that are trusted, ~/.ssh/known_hosts unless told.")
  String knownHosts;

  /**
   * Says it all again, on the command line of another process, which has this one's environment.
   *
   * @throws IllegalArgumentException if the password was to be asked for: only this process has the
   *     terminal
   */
  void addTo(List<String> flags) {
    if (ask) {
      throw new IllegalArgumentException(
          "--ssh-ask is for send: give demo --ssh-password-file or the variable "
              + PASSWORD_VARIABLE
              + ".");
    }
    DemoCommand.add(flags, "--ssh", server);
    DemoCommand.add(flags, "--ssh-key", key);
    DemoCommand.add(flags, "--ssh-password-file", passwordFile);
    DemoCommand.add(flags, "--ssh-known-hosts", knownHosts);
  }

  /** Hands what was said to {@code builder}. */
  void apply(SenderBuilder builder, Shell shell) {
    Assignments.to(builder)
        .set("ssh_tunnel_mode", server)
        .set("ssh_tunnel_keyfile", key)
        .set("ssh_known_hosts", knownHosts);
    String password = password(shell);
    if (password != null) {
      builder.sshPassword(password);
    }
  }

  private String password(Shell shell) {
    if (passwordFile != null && ask) {
      throw new IllegalArgumentException(
          "--ssh-password-file and --ssh-ask exclude each other: one password is enough.");
    }
    if (passwordFile != null) {
      return firstLine(passwordFile);
    }
    if (ask) {
      return asked(shell);
    }
    return server == null ? null : System.getenv(PASSWORD_VARIABLE);
  }

  private static String firstLine(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Password file "
              + file
              + (Files.exists(file)
                  ? " cannot be read: is it a text file, and may this user read it?"
                  : " is not there."),
          e);
    }
    if (lines.isEmpty() || lines.get(0).isEmpty()) {
      throw new IllegalArgumentException(
          "Password file " + file + " has nothing in its first line, where the password belongs.");
    }
    return lines.get(0);
  }

  @SuppressWarnings("SystemConsoleNull") // newer JDKs always have one; the shell knows better
  private String asked(Shell shell) {
    Console console = shell.terminal() ? System.console() : null;
    if (console == null) {
      throw new IllegalArgumentException(
          "--ssh-ask needs a terminal, and there is none: use --ssh-password-file or the variable "
              + PASSWORD_VARIABLE
              + ".");
    }
    char[] typed = console.readPassword("Password for %s: ", server);
    if (typed == null || typed.length == 0) {
      throw new IllegalArgumentException("No password was typed.");
    }
    return new String(typed);
  }
}
