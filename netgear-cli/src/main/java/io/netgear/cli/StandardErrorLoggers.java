package io.netgear.cli;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.ResourceBundle;

/** Logs warnings and worse to standard error, one line each; more with {@code --verbose}. */
public final class StandardErrorLoggers extends System.LoggerFinder {
  private static volatile boolean verbose;

  /** Made by {@link java.util.ServiceLoader}. */
  public StandardErrorLoggers() {}

  /** Whether NetGear's own loggers tell everything, with stack traces. */
  static void verbose(boolean on) {
    verbose = on;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Line(name);
  }

  private record Line(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      Level least = verbose && name.startsWith("io.netgear") ? Level.DEBUG : Level.WARNING;
      return level != Level.OFF && level.getSeverity() >= least.getSeverity();
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      if (!isLoggable(level)) {
        return;
      }
      String cause = thrown == null || verbose ? "" : " (" + thrown + ")";
      PrintStream err = System.err;
      synchronized (err) {
        err.println(
            "netgear: "
                + level.name().toLowerCase(java.util.Locale.ROOT)
                + ": "
                + onOneLine(message + cause));
        if (thrown != null && verbose) {
          thrown.printStackTrace(err);
        }
      }
    }

    /** Whatever a peer has put into it, it is one line and leaves the terminal alone. */
    private static String onOneLine(String text) {
      return text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      if (isLoggable(level)) {
        boolean plain = parameters == null || parameters.length == 0;
        log(
            level,
            bundle,
            plain ? format : MessageFormat.format(format, parameters),
            (Throwable) null);
      }
    }
  }
}
