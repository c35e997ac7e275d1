package io.netgear.cli;

import io.netgear.NetGear;
import io.netgear.ProviderInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code netgear info}. */
@Command(
    name = "info",
    description = "Tells which plug-ins work here, and on what.",
    mixinStandardHelpOptions = true)
final class InfoCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin OutputFlags output = new OutputFlags();

  InfoCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    StandardErrorLoggers.verbose(output.verbose);
    List<ProviderInfo> providers = NetGear.providers();
    Map<String, Object> machine = Machine.describe();
    if (output.machineReadable()) {
      Map<String, Object> all = new LinkedHashMap<>(machine);
      all.put("libraries", Machine.libraries());
      all.put("providers", providers.stream().map(InfoCommand::asMap).toList());
      shell.out().println(Json.write(all));
    } else {
      print(machine, providers);
    }
    shell.out().flush();
    return ExitStatus.FINE;
  }

  private static Map<String, Object> asMap(ProviderInfo provider) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", provider.kind().label());
    map.put("name", provider.name());
    map.put("usable", provider.usable());
    map.put("origin", provider.origin());
    map.put("detail", provider.detail());
    return map;
  }

  private void print(Map<String, Object> machine, List<ProviderInfo> providers) {
    machine.forEach((key, value) -> shell.out().printf("%-10s %s%n", key, value));
    Machine.libraries()
        .forEach((key, value) -> shell.out().printf("%-10s %s %s%n", "", key, value));
    shell.out().println();
    List<List<String>> rows = new ArrayList<>();
    for (ProviderInfo provider : providers) {
      rows.add(
          List.of(
              provider.kind().label(),
              provider.name(),
              provider.usable() ? "found" : "skipped",
              provider.origin(),
              provider.detail()));
    }
    new Table(List.of("", "name", "", "from", "what, or why not"), rows).print(shell.out());
  }
}
