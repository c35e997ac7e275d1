package io.netgear.internal.providers;

import io.netgear.ProviderInfo.Kind;
import io.netgear.ProviderNotFoundException;
import io.netgear.internal.Nearest;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.Provider;
import io.netgear.spi.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Picks the one provider of a name out of a scan, or words what there is instead. */
final class Lookup {
  private static final String GAP = "\n           ";

  private Lookup() {}

  /** The only working one called {@code name}. */
  static <T extends Provider> T only(Kind kind, Scan<T> scan, String name) {
    List<Scan.Found<T>> named = scan.found().stream().filter(f -> f.name().equals(name)).toList();
    List<Scan.Found<T>> working =
        named.stream().filter(f -> Providers.availability(f.provider()).available()).toList();
    if (working.size() == 1) {
      return working.get(0).provider();
    }
    if (working.size() > 1) {
      throw new ProviderNotFoundException(
          "There are %d %ss named '%s'.\n  found:   %s\nTake all but one off the class path or module path."
              .formatted(working.size(), kind.label(), name, lines(working.stream())));
    }
    throw new ProviderNotFoundException(missing(kind, scan, name, named));
  }

  /** Whether {@code codec} says that it reads and writes {@code format}. */
  static boolean isOf(String format, FrameCodec codec) {
    try {
      return format.equals(codec.format());
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }

  /** Whether {@code transport} says that it has addresses of {@code protocol}. */
  static boolean has(String protocol, Transport transport) {
    try {
      return transport.protocols().contains(protocol);
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }

  /** What to tell somebody whose frames come in a format that nobody reads. */
  static String missingFormat(Scan<FrameCodec> codecs, String format) {
    List<Scan.Found<FrameCodec>> failing =
        codecs.found().stream().filter(f -> isOf(format, f.provider())).toList();
    String advice;
    if (!failing.isEmpty()) {
      advice = "Mend what the reason says: this end cannot show such frames without it.";
    } else if (format.equals(Encoding.JPEG)) {
      advice =
          "Add "
              + Artifacts.of(Kind.CODEC, "turbojpeg").orElseThrow()
              + ": this end cannot show such frames without it.";
    } else {
      advice = "Add the artifact of a codec that reads it, or have the sender use another.";
    }
    String shown = format.length() <= 40 ? format : format.substring(0, 37) + "...";
    return "No codec for frames in '"
        + shown
        + "' is available."
        + listing(codecs, failing)
        + advice;
  }

  private static <T extends Provider> String missing(
      Kind kind, Scan<T> scan, String name, List<Scan.Found<T>> failing) {
    boolean there =
        !failing.isEmpty() || scan.skipped().stream().anyMatch(s -> s.name().equals(name));
    List<String> known = new ArrayList<>(Artifacts.names(kind));
    scan.found().forEach(f -> known.add(f.name()));
    String advice =
        there
            ? "Mend what the reason says"
            : Artifacts.of(kind, name)
                .map(a -> "Add " + a)
                .orElse("Add the artifact that brings it");
    boolean alternatives = scan.found().size() > failing.size();
    return "No "
        + kind.label()
        + " named '"
        + name
        + "' is available."
        + (there || known.contains(name) ? "" : Nearest.hint(name, known))
        + listing(scan, failing)
        + advice
        + (alternatives ? ", or ask for one of the found names." : ".");
  }

  /**
   * The lines "found" and "skipped" of a message; {@code failing} ones were found but do not work.
   */
  private static <T extends Provider> String listing(Scan<T> scan, List<Scan.Found<T>> failing) {
    String found = lines(scan.found().stream().filter(f -> !failing.contains(f)));
    Stream<Scan.Skipped> unavailable =
        failing.stream()
            .map(
                f ->
                    new Scan.Skipped(
                        f.name(), f.origin(), Providers.availability(f.provider()).detail()));
    String skipped = lines(Stream.concat(unavailable, scan.skipped().stream()));
    return "\n  found:   "
        + (found.isEmpty() ? "none" : found)
        + (skipped.isEmpty() ? "" : "\n  skipped: " + skipped)
        + "\n";
  }

  private static String lines(Stream<?> things) {
    return things.map(Object::toString).collect(Collectors.joining(GAP));
  }
}
