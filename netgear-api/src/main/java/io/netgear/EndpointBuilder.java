package io.netgear;

import io.netgear.internal.Settings;
import io.netgear.internal.options.Draft;
import io.netgear.internal.options.End;
import io.netgear.internal.options.Option;
import io.netgear.internal.options.Settled;
import io.netgear.internal.options.Settling;
import io.netgear.spi.BufferPool;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.Pattern;
import io.netgear.spi.Transport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What senders and receivers have in common when they are opened.
 *
 * <p>A builder is for one thread and for a short life; what it opens keeps an immutable record of
 * what was asked. Nothing is checked until {@code open()} or {@link #explain}, which tell all that
 * is wrong at once, before anything is opened. What is said last about an option counts.
 * docs/options.md lists every option with its range and default.
 *
 * @param <B> the builder itself
 */
public abstract sealed class EndpointBuilder<B extends EndpointBuilder<B>>
    permits SenderBuilder, ReceiverBuilder {
  private static final Logger LOG = System.getLogger("io.netgear.options");

  private final Draft draft;

  EndpointBuilder(End end) {
    this.draft = new Draft(end);
  }

  abstract B self();

  final B set(Option option, Object value, String setter) {
    draft.set(option, value, setter);
    return self();
  }

  /**
   * Where to bind or connect: {@code tcp://host:port}, or a part of it. Several where the pattern
   * has several peers.
   */
  public B address(String... addresses) {
    Objects.requireNonNull(addresses, "addresses");
    for (String address : addresses) {
      Objects.requireNonNull(address, "an address; leave it out for the default");
    }
    return set(Option.ADDRESS, List.of(addresses), "address");
  }

  /** Waits for peers at the address: the default of receivers. */
  public B bind() {
    return set(Option.BIND, true, "bind");
  }

  /** Goes to the peer's address: the default of senders. */
  public B connect() {
    return set(Option.BIND, false, "connect");
  }

  /** Takes the transport of that name instead of {@code zmq}. */
  public B transport(String name) {
    return set(Option.TRANSPORT, name, "transport");
  }

  /** Takes this transport, without looking for any. */
  public B transport(Transport transport) {
    return set(Option.TRANSPORT, transport, "transport");
  }

  /**
   * Compresses with the codec of that name instead of {@code turbojpeg}; receivers decode whatever
   * there is a codec for.
   */
  public B codec(String name) {
    return set(Option.CODEC, name, "codec");
  }

  /** Compresses with this codec, without looking for it. */
  public B codec(FrameCodec codec) {
    return set(Option.CODEC, codec, "codec");
  }

  /**
   * {@code pair}, {@code request-reply}, {@code publish-subscribe}, {@code push-pull}, or a
   * plug-in's. Both ends take the same.
   */
  public B pattern(String name) {
    return set(Option.PATTERN, name, "pattern");
  }

  /** By the Python peer's number: 0 pair, 1 request-reply, 2 publish-subscribe. */
  public B pattern(int number) {
    return set(Option.PATTERN, number, "pattern");
  }

  /** Takes this pattern, without looking for any. */
  public B pattern(Pattern pattern) {
    return set(Option.PATTERN, pattern, "pattern");
  }

  /**
   * Compresses so. At a receiver this is for frames that it returns; its fast flags also speed up
   * decoding, where the sender did not ask for that, and its threads are for decoding too.
   */
  public B compression(Jpeg jpeg) {
    set(Option.JPEG_COMPRESSION, jpeg.colorSpace().<Object>map(c -> c).orElse(true), "compression");
    set(Option.JPEG_COMPRESSION_QUALITY, jpeg.quality(), "compression");
    set(Option.JPEG_COMPRESSION_FASTDCT, jpeg.fastDct(), "compression");
    set(Option.JPEG_COMPRESSION_FASTUPSAMPLE, jpeg.fastUpsample(), "compression");
    set(Option.JPEG_COMPRESSION_SUBSAMPLING, jpeg.subsampling(), "compression");
    set(Option.JPEG_REUSE, jpeg.reuse(), "compression");
    return set(Option.JPEG_THREADS, jpeg.threads(), "compression");
  }

  /** Sends pixels as they are. */
  public B uncompressed() {
    return set(Option.JPEG_COMPRESSION, false, "uncompressed");
  }

  /** Lets answers carry data or a frame back. Both ends must be told. */
  public B bidirectional() {
    return set(Option.BIDIRECTIONAL_MODE, true, "bidirectional");
  }

  /**
   * Several senders, each on a port of its own, to one receiver, which is given all the ports:
   * {@code address("tcp://*:5566", "tcp://*:5567")}. Both ends must be told. Patterns request-reply
   * and publish-subscribe.
   */
  public B multiServer() {
    return set(Option.MULTISERVER_MODE, true, "multiServer");
  }

  /**
   * One sender, which is given all the addresses, to several receivers, each on a port of its own.
   * Request-reply gives each frame to one of those that are there, in turn, publish-subscribe to
   * all. Both ends must be told.
   */
  public B multiClient() {
    return set(Option.MULTICLIENT_MODE, true, "multiClient");
  }

  /**
   * How long a sender waits for the answer to a frame: 4 s unless told. A receiver's idle limit
   * follows from it.
   */
  public B requestTimeout(Duration timeout) {
    return set(Option.REQUEST_TIMEOUT, timeout, "requestTimeout");
  }

  /**
   * After how many failures in a row to give up: 3 unless told, 0 for never. A success restores
   * them all.
   */
  public B maxRetries(int retries) {
    return set(Option.MAX_RETRIES, retries, "maxRetries");
  }

  /** What threads and log lines are called by; a sender tells it to its receivers. */
  public B name(String name) {
    return set(Option.NAME, name, "name");
  }

  /**
   * Encrypts the link, with keys that are found, or made on first use, in the user's home directory
   * or where {@link #keys} says. Both ends take the same mode. A transport that has no such thing
   * refuses; nothing falls back to none.
   */
  public B secure(SecureMode mode) {
    return set(Option.SECURE_MODE, mode, "secure");
  }

  /**
   * Where the keys of {@link #secure} are: a directory that holds, or gets, {@code .vidgear/keys},
   * or one called {@code .vidgear} that holds {@code keys}. For addresses of protocol tls the
   * directory of certificates itself.
   */
  public B keys(Path directory) {
    return set(Option.CUSTOM_CERT_LOCATION, directory, "keys");
  }

  /**
   * Makes this end's own keys anew when it opens. Its peers refuse it, or are refused, until they
   * have been given the new public key.
   */
  public B renewKeys() {
    return set(Option.OVERWRITE_CERT, true, "renewKeys");
  }

  /**
   * Protects the link with what its transport's module offers; {@link #secure} is simpler. A
   * transport that does not know {@code security} refuses it; nothing falls back to none.
   */
  public B security(Security security) {
    return set(Option.SECURITY, security, "security");
  }

  /** Tells {@code listener} what happens on the link. */
  public B onEvent(Events listener) {
    return set(Option.EVENTS, listener, "onEvent");
  }

  /** Refuses larger messages, before memory is reserved for them: 64 MiB unless told. */
  public B maxMessageBytes(long bytes) {
    return set(Option.MAX_MESSAGE_BYTES, bytes, "maxMessageBytes");
  }

  /** Does not decode pictures of more pixels: 100 million unless told. */
  public B maxPixels(long pixels) {
    return set(Option.MAX_PIXELS, pixels, "maxPixels");
  }

  /** Holds at most so many bytes of memory for payloads and pixels: 512 MiB unless told. */
  public B memoryLimit(long bytes) {
    return set(Option.MEMORY_LIMIT, bytes, "memoryLimit");
  }

  /**
   * Takes memory for payloads and pixels from {@code pool}, which ends may share, and which stays
   * the caller's.
   */
  public B pool(BufferPool pool) {
    return set(Option.POOL, pool, "pool");
  }

  /** Sets an option by its name in docs/options.md; the value null leaves it out. */
  public B option(String name, Object value) {
    draft.put(name, value);
    return self();
  }

  /**
   * Sets an option as a command line spells it, such as {@code jpeg_compression_quality=95}.
   *
   * @throws IllegalArgumentException unless it is of the form {@code name=value}
   */
  public B option(String assignment) {
    draft.put(assignment);
    return self();
  }

  /** Sets options by name: the Python peer's dictionary as it is. Values of null are left out. */
  public B options(Map<String, ?> options) {
    options.forEach(draft::put);
    return self();
  }

  /**
   * Logs a warning and takes the default where an option is unknown or its value is wrong, as the
   * Python peer does. Security, contradictions and missing plug-ins stay errors.
   */
  public B lenient() {
    draft.lenient();
    return self();
  }

  /**
   * Looks for plug-ins through {@code loader} (also one of a module layer) instead of the thread's
   * context class loader.
   */
  public B pluginsFrom(ClassLoader loader) {
    draft.plugins(Objects.requireNonNull(loader, "loader"));
    return self();
  }

  /**
   * Every option that would be in force, its value and where that comes from, one a line, secrets
   * redacted. Opens nothing.
   *
   * @throws InvalidOptionsException with all that is wrong
   * @throws ProviderNotFoundException if nothing but plug-ins is missing
   */
  public String explain() {
    return Settling.settle(draft).orThrow().explanation();
  }

  /** What was asked for, checked and complete; logs warnings. */
  final Settings settings() {
    Settled settled = Settling.settle(draft);
    settled.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
    return settled.orThrow();
  }
}
