package io.netgear.internal.options;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.QueuePolicy;
import io.netgear.SecureMode;
import io.netgear.Security;
import io.netgear.Subsampling;
import io.netgear.internal.Modes;
import io.netgear.internal.Seconds;
import io.netgear.internal.Settings;
import io.netgear.internal.Tunnelling;
import io.netgear.internal.providers.Codecs;
import io.netgear.spi.AddressRange;
import io.netgear.spi.BufferPool;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.Feature;
import io.netgear.spi.Pattern;
import io.netgear.spi.SecurityRequest;
import io.netgear.spi.Transport;
import io.netgear.spi.TunnelProvider;
import io.netgear.spi.View;
import io.netgear.spi.WebSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Turns a draft into settings: reads values, resolves plug-ins, checks it all, and fills in
 * defaults. Opens nothing.
 */
public final class Settling {
  private static final long WEB_VIEWERS = 16;
  private static final long MIB = 1 << 20;
  private static final long MESSAGE_BYTES = 64 * MIB;
  private static final long MEMORY_BYTES = 512 * MIB;

  /**
   * Messages and pictures that an end handles at a time, besides those that wait: what the memory
   * limit must have room for.
   */
  private static final int IN_HAND = 7;

  private final Draft draft;
  private final Values values;
  private final Explanation explanation = new Explanation();
  private boolean raw;

  private Settling(Draft draft) {
    this.draft = draft;
    this.values = new Values(draft);
  }

  /** Settles {@code draft} as it is now. */
  public static Settled settle(Draft draft) {
    return new Settling(draft).settle();
  }

  private Settled settle() {
    End end = draft.end();
    boolean bind = values.get(Option.BIND, Boolean.class, end == End.RECEIVER);
    List<Address> addresses = Addresses.of(values, end, bind);
    Combinations combinations = new Combinations(values, end);
    combinations.check();
    Plugins plugins = new Plugins(values, draft.plugins());
    Pattern pattern = plugins.pattern();
    Transport transport = plugins.transport();
    Codecs codecs = plugins.codecs(end == End.SENDER && compressed());
    if (values.has(Option.CODEC)
        && plugins.missing().isEmpty()
        && codecs.encoding().format().equals(Encoding.RAW)) {
      raw = true;
      combinations.checkRawCodec(codecs.name());
    }
    Security security = security(transport, addresses, combinations);
    if (pattern != null) {
      combinations.check(pattern, addresses);
    }
    if (transport != null) {
      combinations.check(transport, security, addresses, plugins);
    }
    if (pattern != null && transport != null) {
      combinations.check(pattern, transport);
    }
    combinations.checkWeb(pattern, transport, addresses, bind);
    TunnelProvider tunnels = null;
    if (values.has(Option.SSH_TUNNEL_MODE) && end == End.SENDER) {
      combinations.checkTunnel(transport, addresses, bind);
      tunnels = plugins.tunnels();
    }
    boolean sound = values.problems().isEmpty() && plugins.missing().isEmpty();
    Settings settings =
        sound ? settings(transport, codecs, pattern, addresses, bind, security, tunnels) : null;
    return new Settled(settings, values.problems(), plugins.missing(), values.warnings());
  }

  /** What the transport makes of what was asked for; opens and makes nothing. */
  private Security security(
      Transport transport, List<Address> addresses, Combinations combinations) {
    SecureMode mode = values.get(Option.SECURE_MODE, SecureMode.class, SecureMode.NONE);
    Security given = values.get(Option.SECURITY, Security.class, Security.NONE);
    if (transport == null) {
      return given;
    }
    Optional<Security> ofProtocol = ofProtocol(transport, addresses);
    if (ofProtocol.isPresent()) {
      combinations.checkProtected(addresses);
      return given == Security.NONE ? ofProtocol.get() : given;
    }
    combinations.checkUnprotected();
    if (mode == SecureMode.NONE) {
      return given;
    }
    List<?> allowed = values.get(Option.ALLOW_FROM, List.class, List.of());
    Optional<Security> own =
        transport.security(
            new SecurityRequest(
                mode,
                draft.end() == End.SENDER,
                values.get(Option.CUSTOM_CERT_LOCATION, Path.class, null),
                values.flag(Option.OVERWRITE_CERT),
                allowed.stream().map(AddressRange.class::cast).toList()));
    if (own.isEmpty()) {
      combinations.refuseSecureMode(transport);
    }
    return own.orElse(Security.NONE);
  }

  /** What protects the first address that is protected by its protocol. */
  private Optional<Security> ofProtocol(Transport transport, List<Address> addresses) {
    Path keys = values.get(Option.CUSTOM_CERT_LOCATION, Path.class, null);
    return addresses.stream()
        .map(Address::protocol)
        .distinct()
        .filter(transport.protocols()::contains)
        .flatMap(protocol -> transport.security(protocol, keys).stream())
        .findFirst();
  }

  private boolean compressed() {
    return !raw && !Boolean.FALSE.equals(values.get(Option.JPEG_COMPRESSION, Object.class, true));
  }

  private Settings settings(
      Transport transport,
      Codecs codecs,
      Pattern pattern,
      List<Address> addresses,
      boolean bind,
      Security security,
      TunnelProvider tunnels) {
    String addressOrigin =
        values.has(Option.ADDRESS)
            ? values.origin(Option.ADDRESS, "")
            : values.has(Option.PORT) ? "default, with option port" : "default";
    explanation.add(Option.ADDRESS, join(addresses), addressOrigin);
    explanation.add(
        Option.BIND, bind, values.origin(Option.BIND, "default of a " + draft.end().label()));
    explanation.add(Option.TRANSPORT, transport.name(), values.origin(Option.TRANSPORT, "default"));
    explanation.add(Option.PATTERN, pattern.name(), values.origin(Option.PATTERN, "default"));
    explanation.add(Option.CODEC, codecs.name(), values.origin(Option.CODEC, "default"));
    Jpeg jpeg = jpeg();
    boolean bidirectional = explained(Option.BIDIRECTIONAL_MODE, Boolean.class, false);
    Modes modes = modes();
    boolean sends = draft.end() == End.SENDER;
    int window = Math.toIntExact(sends ? explained(Option.WINDOW, Long.class, 1L) : 1L);
    long retries = explained(Option.MAX_RETRIES, Long.class, 3L);
    Duration requestTimeout =
        explainedTime(Option.REQUEST_TIMEOUT, Duration.ofSeconds(4), "default");
    Duration idleLimit = idleLimit(pattern, requestTimeout);
    QueuePolicy queue = values.get(Option.QUEUE, QueuePolicy.class, pattern.defaultQueue());
    boolean receives = draft.end() == End.RECEIVER;
    if (receives) {
      explanation.add(
          Option.QUEUE,
          queue == QueuePolicy.NEWEST ? "newest" : "hold-back",
          values.origin(Option.QUEUE, "default of pattern " + pattern.name()));
    }
    int depth = Math.toIntExact(receives ? explained(Option.QUEUE_DEPTH, Long.class, 1L) : 1L);
    if (receives && modes.multiServer() && queue == QueuePolicy.NEWEST) {
      depth = addresses.size(); // the newest of each sender
    }
    Duration maxAge =
        receives ? explainedTime(Option.MAX_AGE, Duration.ZERO, "default") : Duration.ZERO;
    boolean keepEncoded = receives && explained(Option.KEEP_ENCODED, Boolean.class, false);
    boolean encodedOnly = receives && explained(Option.ENCODED_ONLY, Boolean.class, false);
    long messageBytes = messageBytes();
    long pixels = explained(Option.MAX_PIXELS, Long.class, CodecOptions.DEFAULT_MAX_PIXELS);
    View view = receives ? view() : View.WHOLE;
    int ahead = Math.toIntExact(receives ? explained(Option.DECODE_AHEAD, Long.class, 0L) : 0L);
    BufferPool pool = values.get(Option.POOL, BufferPool.class, null);
    long memory = memoryLimit(pool, depth, ahead, messageBytes);
    explanation.add(
        Option.SECURITY,
        security.describe(),
        values.origin(
            Option.SECURITY,
            values.origin(
                Option.SECURE_MODE, security == Security.NONE ? "default" : "by its protocol")));
    String name = explained(Option.NAME, String.class, draft.madeUpName());
    Tunnelling tunnel =
        tunnels == null
            ? null
            : new Tunnels(values, explanation)
                .to(tunnels, addresses.get(0), requestTimeout, retries, name);
    WebSpec web = web();
    explainWhatHasNoEffect();
    return new Settings(
        name,
        transport,
        codecs,
        pattern,
        addresses,
        bind,
        compressed(),
        jpeg,
        values.flag(Option.JPEG_COMPRESSION_FASTDCT),
        values.flag(Option.JPEG_COMPRESSION_FASTUPSAMPLE),
        bidirectional,
        modes,
        window,
        Math.toIntExact(retries),
        requestTimeout,
        idleLimit,
        queue,
        depth,
        maxAge,
        messageBytes,
        pixels,
        view,
        ahead,
        pool,
        memory,
        keepEncoded,
        encodedOnly,
        security,
        tunnel,
        web,
        values.get(Option.EVENTS, Events.class, Events.NONE),
        explanation.toString());
  }

  private WebSpec web() {
    if (draft.end() == End.RECEIVER || !explained(Option.WEB, Boolean.class, false)) {
      return null;
    }
    if (values.has(Option.WEB_TOKEN)) {
      explanation.add(
          Option.WEB_TOKEN, values.shown(Option.WEB_TOKEN), values.origin(Option.WEB_TOKEN, ""));
    }
    List<?> hosts = values.get(Option.WEB_HOSTS, List.class, List.of());
    if (!hosts.isEmpty()) {
      explanation.add(Option.WEB_HOSTS, hosts, values.origin(Option.WEB_HOSTS, ""));
    }
    long viewers = explained(Option.WEB_VIEWERS, Long.class, WEB_VIEWERS);
    return new WebSpec(
        values.get(Option.WEB_TOKEN, String.class, ""),
        Math.toIntExact(viewers),
        hosts.stream().map(String.class::cast).toList());
  }

  private Modes modes() {
    boolean multiServer = explained(Option.MULTISERVER_MODE, Boolean.class, false);
    boolean multiClient = explained(Option.MULTICLIENT_MODE, Boolean.class, false);
    boolean sends = draft.end() == End.SENDER;
    boolean broadcast = sends && multiClient && explained(Option.BROADCAST, Boolean.class, false);
    boolean hasOnePort = sends ? multiServer : multiClient;
    return new Modes(multiServer, multiClient, broadcast, hasOnePort ? portAsGiven() : null);
  }

  /** Text as text and a number as a number, as the Python peer tells its port too. */
  private Object portAsGiven() {
    Object given = values.asGiven(Option.PORT);
    Object port = given instanceof List<?> list ? list.get(0) : given;
    return port instanceof String text ? text.strip() : null;
  }

  private Jpeg jpeg() {
    explanation.add(
        Option.JPEG_COMPRESSION,
        values.get(Option.JPEG_COMPRESSION, Object.class, !raw),
        values.origin(
            Option.JPEG_COMPRESSION, raw ? "the codec copies pixels as they are" : "default"));
    Jpeg defaults = Jpeg.defaults();
    PixelFormat colorSpace = values.get(Option.JPEG_COMPRESSION, PixelFormat.class, null);
    boolean follows = draft.end() == End.RECEIVER && !values.has(Option.JPEG_COMPRESSION_FASTDCT);
    boolean fastDct =
        values.get(Option.JPEG_COMPRESSION_FASTDCT, Boolean.class, defaults.fastDct());
    Jpeg jpeg =
        (colorSpace == null ? defaults : Jpeg.of(colorSpace))
            .quality(explained(Option.JPEG_COMPRESSION_QUALITY, Integer.class, defaults.quality()))
            .fastDct(fastDct)
            .fastUpsample(
                explained(
                    Option.JPEG_COMPRESSION_FASTUPSAMPLE, Boolean.class, defaults.fastUpsample()));
    explanation.add(
        Option.JPEG_COMPRESSION_FASTDCT,
        fastDct,
        follows
            ? "default in encoding; decoding follows the sender"
            : values.origin(Option.JPEG_COMPRESSION_FASTDCT, "default"));
    Subsampling subsampling =
        values.get(Option.JPEG_COMPRESSION_SUBSAMPLING, Subsampling.class, defaults.subsampling());
    explanation.add(
        Option.JPEG_COMPRESSION_SUBSAMPLING,
        subsampling.label(),
        values.origin(Option.JPEG_COMPRESSION_SUBSAMPLING, "default"));
    long threads = explained(Option.JPEG_THREADS, Long.class, (long) defaults.threads());
    boolean reuse = explained(Option.JPEG_REUSE, Boolean.class, defaults.reuse());
    return jpeg.subsampling(subsampling).threads(Math.toIntExact(threads)).reuse(reuse);
  }

  private Duration idleLimit(Pattern pattern, Duration requestTimeout) {
    if (draft.end() == End.SENDER) {
      return Duration.ZERO;
    }
    if (values.has(Option.SUBSCRIBER_TIMEOUT)) {
      return explainedTime(Option.SUBSCRIBER_TIMEOUT, Duration.ZERO, "default");
    }
    boolean multiServer = values.flag(Option.MULTISERVER_MODE);
    return multiServer || pattern.features().contains(Feature.ACKNOWLEDGES)
        ? explainedTime(
            Option.IDLE_LIMIT, requestTimeout.multipliedBy(3), "default, 3 x request_timeout")
        : explainedTime(Option.IDLE_LIMIT, Duration.ZERO, "default of pattern " + pattern.name());
  }

  private View view() {
    int scale = values.get(Option.DECODE_SCALE, Integer.class, 1);
    explanation.add(
        Option.DECODE_SCALE,
        scale == 1 ? "1" : "1/" + scale,
        values.origin(Option.DECODE_SCALE, "default"));
    boolean gray = explained(Option.DECODE_GRAY, Boolean.class, false);
    View part = values.get(Option.DECODE_REGION, View.class, View.WHOLE);
    explanation.add(
        Option.DECODE_REGION,
        part.isPart()
            ? part.left() + "," + part.top() + "," + part.width() + "x" + part.height()
            : "the whole picture",
        values.origin(Option.DECODE_REGION, "default"));
    return new View(scale, gray, part.left(), part.top(), part.width(), part.height());
  }

  private long messageBytes() {
    Long limit = values.get(Option.MEMORY_LIMIT, Long.class, null);
    BufferPool pool = values.get(Option.POOL, BufferPool.class, null);
    long room = pool != null ? pool.limitBytes() : limit != null ? limit : MEMORY_BYTES;
    long fitting = Math.min(MESSAGE_BYTES, Math.max(room / 4, 1_024));
    long bytes = values.get(Option.MAX_MESSAGE_BYTES, Long.class, fitting);
    String origin = fitting < MESSAGE_BYTES ? "default, a quarter of the memory limit" : "default";
    explanation.add(
        Option.MAX_MESSAGE_BYTES, bytes, values.origin(Option.MAX_MESSAGE_BYTES, origin));
    return bytes;
  }

  private long memoryLimit(BufferPool pool, int depth, int ahead, long messageBytes) {
    if (pool != null) {
      explanation.add(
          Option.MEMORY_LIMIT, pool.limitBytes(), "of the pool, " + values.origin(Option.POOL, ""));
      return pool.limitBytes();
    }
    long needed = Math.max(MEMORY_BYTES, (depth + ahead + IN_HAND) * messageBytes);
    String origin =
        needed > MEMORY_BYTES
            ? "default, (queue_depth + "
                + (ahead > 0 ? "decode_ahead + " : "")
                + IN_HAND
                + ") x max_message_bytes"
            : "default";
    long limit = values.get(Option.MEMORY_LIMIT, Long.class, needed);
    explanation.add(Option.MEMORY_LIMIT, limit, values.origin(Option.MEMORY_LIMIT, origin));
    return limit;
  }

  private void explainWhatHasNoEffect() {
    for (Option option : draft.given().keySet()) {
      String origin = values.origin(option, "");
      if (!values.has(option) && origin.startsWith("accepted")) {
        explanation.add(option, values.shown(option), origin);
      }
    }
  }

  private <T> T explained(Option option, Class<T> type, T fallback) {
    T value = values.get(option, type, fallback);
    explanation.add(option, value, values.origin(option, "default"));
    return value;
  }

  private Duration explainedTime(Option option, Duration fallback, String defaultOrigin) {
    Duration time = values.get(option, Duration.class, fallback);
    explanation.add(
        option,
        time.isZero() ? "off" : Seconds.of(time.toNanos()),
        values.origin(option, defaultOrigin));
    return time;
  }

  private static String join(List<Address> addresses) {
    return String.join(", ", addresses.stream().map(Address::toString).toList());
  }
}
