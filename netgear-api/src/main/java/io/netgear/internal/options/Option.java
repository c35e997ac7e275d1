package io.netgear.internal.options;

import io.netgear.Jpeg;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every option that there is, in one table: the names of the Python peer first, then our own.
 * Checks, explanations, the command line and docs/options.md all come from here, which is why the
 * file is whole.
 */
@SuppressWarnings("ImmutableEnumChecker") // a Kind only holds functions without state
public enum Option {
  // spotless:off
  ADDRESS(Kind.ADDRESS, "sender localhost, receiver 127.0.0.1", "address",
      "Where to connect or bind, alone or as a whole address; every interface must be asked for with *"),
  PORT(Kind.PORT, "5555", "address",
      "Fills in addresses that name no port; 0 binds to any free one; a list at the one end of a multi mode"),
  PROTOCOL(Kind.TEXT, "tcp", "address",
      "What the transport offers; fills in addresses that name none"),
  PATTERN(Kind.PATTERN, "pair", "pattern",
      "Who acknowledges what: pair 0, request-reply 1, publish-subscribe 2, push-pull"),
  RECEIVE_MODE(Kind.FLAG, "as the builder", "-",
      "Accepted where it agrees with the builder"),
  JPEG_COMPRESSION(Kind.COMPRESSION, "true", "compression, uncompressed",
      "Compressed or raw; a colour space switches compression on, for frames of that kind only"),
  JPEG_COMPRESSION_QUALITY(Kind.QUALITY, "90", "compression",
      "The higher, the better and larger"),
  JPEG_COMPRESSION_FASTDCT(Kind.FLAG, "true", "compression",
      "The fast DCT in encoding and decoding; a receiver that is told nothing follows the sender"),
  JPEG_COMPRESSION_FASTUPSAMPLE(Kind.FLAG, "false", "compression",
      "Colours repeated instead of interpolated; used where either end asks for it"),
  BIDIRECTIONAL_MODE(Kind.FLAG, "false", "bidirectional",
      "Answers carry data or a frame back; patterns pair and request-reply"),
  MULTISERVER_MODE(Kind.FLAG, "false", "multiServer",
      "Several senders, each on its own port, to one receiver; patterns request-reply and publish-subscribe"),
  MULTICLIENT_MODE(Kind.FLAG, "false", "multiClient",
      "One sender to several receivers, each on its own port; patterns request-reply and publish-subscribe"),
  SECURE_MODE(Kind.SECURE_MODE, "0", "secure",
      "0 none, 1 StoneHouse: encrypted, any sender, 2 IronHouse: listed senders only", Group.SECURITY),
  CUSTOM_CERT_LOCATION(Kind.DIRECTORY, "the home directory", "keys",
      "Where .vidgear/keys is, or .vidgear itself; keys are made there on first use. With tls the directory of certificates", Group.SECURITY),
  OVERWRITE_CERT(Kind.FLAG, "false", "renewKeys",
      "Makes this end's own keys anew when it opens", Group.SECURITY),
  SSH_TUNNEL_MODE(Kind.SSH, "none", "sshTunnel",
      "A sender's way to the address: through this SSH server"),
  SSH_TUNNEL_PWD(Kind.TEXT, "none", "sshPassword",
      "The password there, or what unlocks the key file"),
  SSH_TUNNEL_KEYFILE(Kind.FILE, "the usual ones of ~/.ssh, where no password is given", "sshKeyFile",
      "The private key to log in with there"),
  MAX_RETRIES(Kind.wholeNumber(0, 1_000_000), "3", "maxRetries",
      "Consecutive failures after which an end gives up, 0 for never; a success restores them all"),
  REQUEST_TIMEOUT(Kind.TIME, "4", "requestTimeout",
      "How long a sender waits for the answer to a frame"),
  SUBSCRIBER_TIMEOUT(Kind.TIME, "off", "subscriberTimeout",
      "The idle limit of a receiver whose pattern does not acknowledge", Group.PYTHON, End.RECEIVER),
  LOGGING(Kind.ANYTHING, "-", "-",
      "Accepted, without effect: set the level of the logger io.netgear", Group.IGNORED),
  FLAG(Kind.ANYTHING, "-", "-",
      "Accepted, without effect: a setting of pyzmq", Group.IGNORED),
  COPY(Kind.ANYTHING, "-", "-",
      "Accepted, without effect: a setting of pyzmq", Group.IGNORED),
  TRACK(Kind.ANYTHING, "-", "-",
      "Accepted, without effect: a setting of pyzmq", Group.IGNORED),

  // ours alone
  JPEG_COMPRESSION_SUBSAMPLING(Kind.SUBSAMPLING, "4:2:2", "compression",
      "How much colour a JPEG keeps", Group.OURS),
  JPEG_THREADS(Kind.wholeNumber(0, Jpeg.MAX_THREADS), "0", "compression",
      "Most threads at work on one frame, 1 for the caller alone, 0 for as many as pay", Group.OURS),
  JPEG_REUSE(Kind.FLAG, "true", "compression",
      "What did not change since an earlier frame is taken from there; the result is the same", Group.OURS),
  TRANSPORT(Kind.TRANSPORT, "zmq", "transport",
      "Who moves messages", Group.OURS),
  CODEC(Kind.CODEC, "turbojpeg", "codec",
      "Who compresses; receivers follow what messages name", Group.OURS),
  SSH_KNOWN_HOSTS(Kind.FILE, "~/.ssh/known_hosts", "sshKnownHosts",
      "The keys of SSH servers that are trusted; no other server is", Group.OURS),
  BIND(Kind.FLAG, "receiver true, sender false", "bind, connect",
      "Whether to bind instead of to connect", Group.OURS),
  WINDOW(Kind.wholeNumber(1, 1_000), "1", "window",
      "Frames on their way without an answer, with pattern pair: more hide a long round trip", Group.OURS, End.SENDER),
  BROADCAST(Kind.FLAG, "false", "broadcast",
      "In multiclient_mode with request-reply every frame goes to every receiver, not to one in turn", Group.OURS, End.SENDER),
  NAME(Kind.NAME, "made up", "name",
      "For threads and logs; a sender tells it to receivers", Group.OURS),
  IDLE_LIMIT(Kind.TIME_OR_OFF, "3 x request_timeout; off without acknowledgement", "idleLimit",
      "After how long without a message a receiver counts a failure, 0 for never", Group.OURS, End.RECEIVER),
  QUEUE(Kind.QUEUE, "the pattern's", "queue",
      "Whether frames wait, or only the newest does", Group.OURS, End.RECEIVER),
  QUEUE_DEPTH(Kind.wholeNumber(1, 10_000), "1", "queueDepth",
      "Frames that wait, still encoded", Group.OURS, End.RECEIVER),
  MAX_AGE(Kind.TIME_OR_OFF, "off", "maxAge",
      "Frames that are older are dropped, 0 for none", Group.OURS, End.RECEIVER),
  KEEP_ENCODED(Kind.FLAG, "false", "keepEncoded",
      "Received frames also carry their encoded bytes", Group.OURS, End.RECEIVER),
  ENCODED_ONLY(Kind.FLAG, "false", "encodedOnly",
      "Received frames carry only their encoded bytes", Group.OURS, End.RECEIVER),
  DECODE_SCALE(Kind.SCALE, "1", "scale",
      "JPEGs are decoded to this fraction of their width and height", Group.OURS, End.RECEIVER),
  DECODE_GRAY(Kind.FLAG, "false", "gray",
      "JPEGs are decoded without their colours, to GRAY", Group.OURS, End.RECEIVER),
  DECODE_REGION(Kind.REGION, "the whole picture", "region",
      "JPEGs are decoded in this part only", Group.OURS, End.RECEIVER),
  DECODE_AHEAD(Kind.wholeNumber(0, 64), "0", "decodeAhead",
      "Waiting frames that are decoded side by side before they are asked for", Group.OURS, End.RECEIVER),
  MAX_MESSAGE_BYTES(Kind.wholeNumber(1_024, Integer.MAX_VALUE), "64 MiB", "maxMessageBytes",
      "Larger messages are refused before memory is reserved", Group.OURS),
  MAX_PIXELS(Kind.wholeNumber(1, 65_535L * 65_535L), "100 million", "maxPixels",
      "Larger pictures are not decoded", Group.OURS),
  MEMORY_LIMIT(Kind.wholeNumber(1 << 20, Long.MAX_VALUE), "512 MiB, more where the queue needs it", "memoryLimit",
      "Ceiling of the pooled memory for payloads and pixels, in bytes", Group.OURS),
  POOL(Kind.POOL, "one of its own", "pool",
      "Memory shared with other ends", Group.OURS),
  SECURITY(Kind.SECURITY, "none", "security",
      "How the link is protected, as its transport knows it", Group.OURS),
  ALLOW_FROM(Kind.ADDRESS_RANGES, "everyone with the right key", "allowFrom",
      "Which addresses senders may come from under secure_mode", Group.SECURITY, End.RECEIVER),
  WEB(Kind.FLAG, "false", "web",
      "Browsers may watch at the sender's own address: transport netty, publish-subscribe, binding", Group.OURS, End.SENDER),
  WEB_TOKEN(Kind.TOKEN, "made up unless the address is loopback", "webToken",
      "What a browser must know to watch", Group.OURS, End.SENDER),
  WEB_VIEWERS(Kind.wholeNumber(1, 1_000), "16", "webViewers",
      "How many browsers may watch at a time", Group.OURS, End.SENDER),
  WEB_HOSTS(Kind.NAMES, "its own name and its numbers", "webHosts",
      "Names by which browsers may call this machine", Group.OURS, End.SENDER),
  EVENTS(Kind.EVENTS, "none", "onEvent",
      "Who is told of what happens on the link", Group.OURS);
  // spotless:on

  /** Where an option stands. */
  enum Group {
    /** Known to the Python peer too. */
    PYTHON,
    /** Ours alone. */
    OURS,
    /** Protects the link: nothing ever falls back to less of it. */
    SECURITY,
    /** Accepted without effect. */
    IGNORED
  }

  private final String key;
  private final Kind kind;
  private final String byDefault;
  private final String setter;
  private final String meaning;
  private final Group group;
  private final End only;

  Option(Kind kind, String byDefault, String setter, String meaning) {
    this(kind, byDefault, setter, meaning, Group.PYTHON);
  }

  Option(Kind kind, String byDefault, String setter, String meaning, Group group) {
    this(kind, byDefault, setter, meaning, group, null);
  }

  Option(Kind kind, String byDefault, String setter, String meaning, Group group, End only) {
    this.key = name().toLowerCase(Locale.ROOT);
    this.kind = kind;
    this.byDefault = byDefault;
    this.setter = setter;
    this.meaning = meaning;
    this.group = group;
    this.only = only;
  }

  /** The option called {@code key}, exactly so. */
  public static Optional<Option> of(String key) {
    return Arrays.stream(values()).filter(option -> option.key.equals(key)).findFirst();
  }

  /** All names. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Option::key).toList();
  }

  /** Its name in maps and on the command line. */
  public String key() {
    return key;
  }

  /** What it accepts, in words. */
  public String accepts() {
    return kind.expected();
  }

  /** The default, in words. */
  public String byDefault() {
    return byDefault;
  }

  /** The builders' methods that set it; {@code -} for none. */
  public String setter() {
    return setter;
  }

  /** What it does. */
  public String meaning() {
    return meaning;
  }

  Kind kind() {
    return kind;
  }

  Group group() {
    return group;
  }

  /** Whether it means anything at {@code end}. */
  boolean concerns(End end) {
    return only == null || only == end;
  }

  /** Whether its value must never be shown. */
  boolean isSecret() {
    return this == SSH_TUNNEL_PWD || this == SECURITY || this == WEB_TOKEN;
  }

  /** Whether it protects the link: never replaced by a default, however lenient. */
  boolean isSecurity() {
    return group == Group.SECURITY || this == SECURITY || isTunnel() || isWeb();
  }

  /** Whether it is about the way through an SSH server. */
  boolean isTunnel() {
    return this == SSH_TUNNEL_MODE
        || this == SSH_TUNNEL_PWD
        || this == SSH_TUNNEL_KEYFILE
        || this == SSH_KNOWN_HOSTS;
  }

  /** Whether it is about browsers that watch. */
  boolean isWeb() {
    return this == WEB || this == WEB_TOKEN || this == WEB_VIEWERS || this == WEB_HOSTS;
  }
}
