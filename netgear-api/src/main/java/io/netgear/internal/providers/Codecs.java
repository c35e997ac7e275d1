package io.netgear.internal.providers;

import io.netgear.CodecException;
import io.netgear.NetGearException;
import io.netgear.ProviderNotFoundException;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameCodec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The codecs of one end, each looked up when a frame first needs it: an end that only ever sees raw
 * frames opens and runs without a JPEG codec, and loads no native library. Thread-safe; finds are
 * remembered.
 */
public final class Codecs {
  private static final System.Logger LOG = System.getLogger("io.netgear.codecs");

  /** Formats are named by messages: a peer that makes some up must not fill the log. */
  private static final int MOST_TOLD = 4;

  /** Preferred, among several that read a format and were not named. */
  private static final Set<String> OURS = Set.of("raw", "turbojpeg");

  private final Providers providers;
  private final String name;
  private final Map<String, FrameCodec> byFormat = new ConcurrentHashMap<>();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private volatile FrameCodec chosen;

  private Codecs(Providers providers, String name, FrameCodec chosen) {
    this.providers = providers;
    this.name = name;
    this.chosen = chosen;
  }

  /** With the codec called {@code name} for encoding, looked up when it is needed. */
  public static Codecs named(Providers providers, String name) {
    return new Codecs(providers, name, null);
  }

  /** With {@code chosen} for encoding. */
  public static Codecs of(Providers providers, FrameCodec chosen) {
    return new Codecs(providers, chosen.name(), chosen);
  }

  /** The name of the codec for encoding. */
  public String name() {
    return name;
  }

  /**
   * The codec that compresses.
   *
   * @throws ProviderNotFoundException if it is not there or does not work; the message says what to
   *     add
   */
  public FrameCodec encoding() {
    FrameCodec codec = chosen;
    if (codec == null) {
      codec = providers.codec(name);
      chosen = codec;
    }
    return codec;
  }

  /** The codec that copies arrays as they are. */
  public FrameCodec raw() {
    return decoding(Encoding.RAW);
  }

  /**
   * The codec that reads {@code format}: the one for encoding where it does, else another that
   * works.
   *
   * @throws ProviderNotFoundException if nothing reads JPEG here; the message says what to add
   * @throws CodecException if nothing reads that other format
   */
  public FrameCodec decoding(String format) {
    FrameCodec known = byFormat.get(format);
    if (known == null) {
      // Only finds are remembered: peers may make up any number of names.
      known = lookUp(format);
      byFormat.put(format, known);
    }
    return known;
  }

  private FrameCodec lookUp(String format) {
    FrameCodec own = chosen;
    if (own != null && own.format().equals(format)) {
      return own;
    }
    List<FrameCodec> usable = providers.codecsOf(format);
    return usable.stream()
        .filter(codec -> codec.name().equals(name))
        .findFirst()
        .or(() -> usable.stream().filter(codec -> OURS.contains(codec.name())).findFirst())
        .or(() -> usable.stream().findFirst())
        .orElseThrow(() -> missing(format));
  }

  /**
   * Without JPEG an installation is incomplete and its receiver deaf, which must be heard. Any
   * other format may be a peer's whim: the stream goes on without such frames, and the log says it
   * the first time.
   */
  private NetGearException missing(String format) {
    String message = providers.missingFormat(format);
    if (Encoding.JPEG.equals(format)) {
      return new ProviderNotFoundException(message);
    }
    if (told.size() < MOST_TOLD && told.add(format)) {
      LOG.log(System.Logger.Level.WARNING, message);
    }
    return new CodecException(message);
  }
}
