package io.netgear.internal.providers;

import io.netgear.ProviderInfo;
import io.netgear.ProviderInfo.Kind;
import io.netgear.ProviderNotFoundException;
import io.netgear.spi.Availability;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.Pattern;
import io.netgear.spi.Provider;
import io.netgear.spi.Transport;
import io.netgear.spi.TunnelProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds plug-ins by name, and says what there is when one is missing.
 *
 * <p>Looks once for each kind, when first asked, and remembers for as long as it lives: one for
 * each opening, so that plug-ins and their class loaders are not held for longer than the ends that
 * use them. Thread-safe.
 */
public final class Providers {
  private static final Map<String, String> ALIASES =
      Map.of("req-rep", "request-reply", "pub-sub", "publish-subscribe");

  private final ClassLoader loader;
  private Scan<Transport> transports;
  private Scan<FrameCodec> codecs;
  private Scan<Pattern> patterns;
  private Scan<TunnelProvider> tunnels;

  private Providers(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * What is visible to {@code loader}, and to NetGear itself.
   *
   * @param loader null for the calling thread's context class loader
   */
  public static Providers visibleTo(ClassLoader loader) {
    ClassLoader context = loader == null ? Thread.currentThread().getContextClassLoader() : loader;
    return new Providers(context == null ? ClassLoader.getSystemClassLoader() : context);
  }

  /**
   * The transport of that name.
   *
   * @throws ProviderNotFoundException if there is none that works, or more than one
   */
  public Transport transport(String name) {
    return Lookup.only(Kind.TRANSPORT, transports(), name);
  }

  /** The names of the transports that have addresses of {@code protocol} and work here. */
  public List<String> transportsOf(String protocol) {
    return transports().found().stream()
        .filter(found -> availability(found.provider()).available())
        .filter(found -> Lookup.has(protocol, found.provider()))
        .map(Scan.Found::name)
        .sorted()
        .toList();
  }

  /**
   * The codec of that name. Only that one is asked whether it works.
   *
   * @throws ProviderNotFoundException if there is none that works, or more than one
   */
  public FrameCodec codec(String name) {
    return Lookup.only(Kind.CODEC, codecs(), name);
  }

  /**
   * The pattern of that name, alias ({@code req-rep}, {@code pub-sub}; {@code _} for {@code -}) or
   * Python number.
   *
   * @throws ProviderNotFoundException if there is none that works, or more than one
   */
  public Pattern pattern(String nameOrNumber) {
    String plain = nameOrNumber.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    if (plain.length() == 1 && Character.isDigit(plain.charAt(0))) {
      int number = plain.charAt(0) - '0';
      for (Scan.Found<Pattern> found : patterns().found()) {
        if (found.provider().number() == number) {
          return Lookup.only(Kind.PATTERN, patterns(), found.name());
        }
      }
    }
    return Lookup.only(Kind.PATTERN, patterns(), ALIASES.getOrDefault(plain, plain));
  }

  /**
   * The provider of tunnels of that name.
   *
   * @throws ProviderNotFoundException if there is none that works, or more than one
   */
  public TunnelProvider tunnel(String name) {
    return Lookup.only(Kind.TUNNEL, tunnels(), name);
  }

  /**
   * The codecs that read and write {@code format} and work here; asks those of that format alone.
   */
  List<FrameCodec> codecsOf(String format) {
    return codecs().found().stream()
        .map(Scan.Found::provider)
        .filter(codec -> Lookup.isOf(format, codec) && availability(codec).available())
        .toList();
  }

  /** What to tell somebody whose frames come in a format that nobody reads. */
  String missingFormat(String format) {
    return Lookup.missingFormat(codecs(), format);
  }

  /**
   * All there is, the broken and the unavailable with their reasons. Asks every provider, so native
   * libraries get loaded.
   */
  public List<ProviderInfo> all() {
    List<ProviderInfo> infos = new ArrayList<>();
    describe(Kind.TRANSPORT, transports(), infos);
    describe(Kind.CODEC, codecs(), infos);
    describe(Kind.PATTERN, patterns(), infos);
    describe(Kind.TUNNEL, tunnels(), infos);
    return List.copyOf(infos);
  }

  private synchronized Scan<Transport> transports() {
    transports = transports == null ? Scan.of(Transport.class, loader) : transports;
    return transports;
  }

  private synchronized Scan<FrameCodec> codecs() {
    codecs = codecs == null ? Scan.of(FrameCodec.class, loader) : codecs;
    return codecs;
  }

  private synchronized Scan<Pattern> patterns() {
    patterns = patterns == null ? Scan.of(Pattern.class, loader) : patterns;
    return patterns;
  }

  private synchronized Scan<TunnelProvider> tunnels() {
    tunnels = tunnels == null ? Scan.of(TunnelProvider.class, loader) : tunnels;
    return tunnels;
  }

  private static <T extends Provider> void describe(
      Kind kind, Scan<T> scan, List<ProviderInfo> infos) {
    for (Scan.Found<T> found : scan.found()) {
      Availability here = availability(found.provider());
      infos.add(
          new ProviderInfo(kind, found.name(), found.origin(), here.available(), here.detail()));
    }
    for (Scan.Skipped skipped : scan.skipped()) {
      infos.add(new ProviderInfo(kind, skipped.name(), skipped.origin(), false, skipped.reason()));
    }
  }

  /** What a provider says of itself; one that breaks its promise and throws does not work. */
  public static Availability availability(Provider provider) {
    try {
      Availability here = provider.availability();
      return here == null ? Availability.no("does not say whether it works") : here;
    } catch (RuntimeException | LinkageError e) {
      return Availability.no("fails when asked whether it works: " + Scan.words(e));
    }
  }
}
