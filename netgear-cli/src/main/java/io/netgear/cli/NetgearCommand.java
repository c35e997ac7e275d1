package io.netgear.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** {@code netgear}: knows its commands and what to do with wrong arguments. */
@Command(
    name = "netgear",
    description = "Video frames from one program to another, in real time.",
    mixinStandardHelpOptions = true,
    versionProvider = NetgearCommand.Version.class)
final class NetgearCommand implements Callable<Integer> {
  private static final Map<String, Function<Shell, Object>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("demo", DemoCommand::new);
    COMMANDS.put("send", SendCommand::new);
    COMMANDS.put("recv", RecvCommand::new);
    COMMANDS.put("relay", RelayCommand::new);
    if (hasKeys()) {
      COMMANDS.put("keys", KeysCommand::new);
    }
    COMMANDS.put("info", InfoCommand::new);
    COMMANDS.put("doctor", DoctorCommand::new);
    COMMANDS.put("bench", shell -> new BenchCommand());
  }

  /** Whether the transport is there that has keys. */
  static boolean hasKeys() {
    return has("io.netgear.transport.zmq.KeyDirectory");
  }

  /** Whether a class of a transport that one can do without is there. */
  static boolean has(String name) {
    try {
      Class.forName(name, false, NetgearCommand.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private final Shell shell;
  private CommandLine line;

  private NetgearCommand(Shell shell) {
    this.shell = shell;
  }

  /** Runs the command that {@code args} name and returns the exit status. */
  static int run(Shell shell, String... args) {
    NetgearCommand netgear = new NetgearCommand(shell);
    CommandLine line = new CommandLine(netgear);
    netgear.line = line;
    // Reading the annotations of a command takes time: of the one that is asked for, no other's.
    if (args.length > 0 && COMMANDS.containsKey(args[0])) {
      line.addSubcommand(args[0], COMMANDS.get(args[0]).apply(shell));
    } else {
      COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.apply(shell)));
    }
    for (CommandLine command : line.getSubcommands().values()) {
      command.getCommandSpec().versionProvider(new Version());
    }
    line.setOut(new PrintWriter(shell.out(), true, Charset.defaultCharset()));
    line.setErr(new PrintWriter(shell.err(), true, Charset.defaultCharset()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((wrong, ignored) -> refuse(shell, wrong));
    line.setExecutionExceptionHandler((failure, of, parsed) -> fail(shell, failure));
    return line.execute(args);
  }

  private static int refuse(Shell shell, ParameterException wrong) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    shell
        .err()
        .println(
            "netgear: "
                + WrongUsage.sentence(wrong)
                + " ("
                + command
                + " --help tells what there is)");
    return ExitStatus.USAGE;
  }

  private static int fail(Shell shell, Exception failure) {
    Failure sorted = Failure.of(failure, false);
    sorted.print(shell.err(), false);
    return sorted.status();
  }

  @Override
  public Integer call() {
    line.usage(shell.err());
    return ExitStatus.USAGE;
  }

  /** What {@code --version} says. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"netgear " + Machine.version()};
    }
  }
}
