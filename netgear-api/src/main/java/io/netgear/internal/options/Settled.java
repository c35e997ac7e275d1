package io.netgear.internal.options;

import io.netgear.InvalidOptionsException;
import io.netgear.ProviderNotFoundException;
import io.netgear.internal.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a draft.
 *
 * @param settings null when anything is wrong
 * @param problems what is wrong with the options
 * @param missing which plug-ins are missing, in words
 * @param warnings what was accepted, but ought to be known
 */
public record Settled(
    Settings settings, List<String> problems, List<String> missing, List<String> warnings) {
  /**
   * The settings.
   *
   * @throws InvalidOptionsException with all that is wrong
   * @throws ProviderNotFoundException if nothing but plug-ins is missing
   */
  public Settings orThrow() {
    if (problems.isEmpty() && !missing.isEmpty()) {
      throw new ProviderNotFoundException(String.join("\n", missing));
    }
    if (!problems.isEmpty()) {
      List<String> all = new ArrayList<>(problems);
      all.addAll(missing);
      throw new InvalidOptionsException(all);
    }
    return settings;
  }
}
