package io.netgear;

import io.netgear.internal.options.End;
import io.netgear.internal.options.Option;
import io.netgear.internal.runtime.NetGearReceiver;
import java.time.Duration;
import java.util.List;

/**
 * Asks for a receiver, step by step; see {@link EndpointBuilder}. Binds to {@code
 * tcp://127.0.0.1:5555} unless told otherwise: to be reached from other machines, ask for {@code
 * tcp://*:5555}.
 */
public final class ReceiverBuilder extends EndpointBuilder<ReceiverBuilder> {
  ReceiverBuilder() {
    super(End.RECEIVER);
  }

  @Override
  ReceiverBuilder self() {
    return this;
  }

  /** What to do when frames come too fast; the pattern's own policy unless told. */
  public ReceiverBuilder queue(QueuePolicy policy) {
    return set(Option.QUEUE, policy, "queue");
  }

  /** How many frames may wait, still encoded: 1 unless told. */
  public ReceiverBuilder queueDepth(int frames) {
    return set(Option.QUEUE_DEPTH, frames, "queueDepth");
  }

  /**
   * Drops frames that are older than this when they would be returned; zero for none, which is the
   * default.
   */
  public ReceiverBuilder maxAge(Duration age) {
    return set(Option.MAX_AGE, age, "maxAge");
  }

  /**
   * After how long without any message to count a failure; zero for never. Three request timeouts
   * unless told.
   */
  public ReceiverBuilder idleLimit(Duration limit) {
    return set(Option.IDLE_LIMIT, limit, "idleLimit");
  }

  /**
   * The idle limit under its Python name, for patterns that do not acknowledge; these have none
   * unless told.
   */
  public ReceiverBuilder subscriberTimeout(Duration timeout) {
    return set(Option.SUBSCRIBER_TIMEOUT, timeout, "subscriberTimeout");
  }

  /**
   * Under {@link #secure}, turns senders away that come from other addresses, whatever their key:
   * {@code 192.168.1.20}, {@code 192.168.1.0/24}. Everyone with the right key unless told.
   */
  public ReceiverBuilder allowFrom(String... addresses) {
    return set(Option.ALLOW_FROM, List.of(addresses), "allowFrom");
  }

  /** Lets received frames also carry their encoded bytes. */
  public ReceiverBuilder keepEncoded() {
    return set(Option.KEEP_ENCODED, true, "keepEncoded");
  }

  /** Lets received frames carry only their encoded bytes: nothing is decoded. */
  public ReceiverBuilder encodedOnly() {
    return set(Option.ENCODED_ONLY, true, "encodedOnly");
  }

  /**
   * Decodes JPEGs to {@code 1/denominator} of their width and height, rounded up: 1, 2, 4 or 8.
   * That takes less time than decoding them whole, and a quarter of the memory or less.
   * Uncompressed frames come as they are.
   */
  public ReceiverBuilder scale(int denominator) {
    return set(Option.DECODE_SCALE, denominator == 1 ? "1" : "1/" + denominator, "scale");
  }

  /**
   * Decodes JPEGs without their colours: frames come in {@link PixelFormat#GRAY}, but those in
   * CMYK. Uncompressed frames come as they are.
   */
  public ReceiverBuilder gray() {
    return set(Option.DECODE_GRAY, true, "gray");
  }

  /**
   * Decodes this part of JPEGs only, as far as the picture has it. The numbers are pixels of the
   * picture as it was sent; with {@link #scale} the part is scaled too. A picture that ends before
   * the part begins is dropped and counted as a bad message. What lies outside is not looked at,
   * and may be damaged. Uncompressed frames come whole.
   */
  public ReceiverBuilder region(int left, int top, int width, int height) {
    return set(Option.DECODE_REGION, left + "," + top + "," + width + "x" + height, "region");
  }

  /**
   * Decodes up to so many waiting frames before they are asked for, side by side on threads of
   * their own, as many as there are cores at most; {@code recv} hands them out in their order. For
   * JPEGs without restart markers, such as a Python peer's, which several threads cannot share;
   * each takes the memory of its pixels. Zero, the default, decodes in {@code recv}.
   */
  public ReceiverBuilder decodeAhead(int frames) {
    return set(Option.DECODE_AHEAD, frames, "decodeAhead");
  }

  /**
   * Opens the receiver: checks everything that was asked for, then binds or connects, and starts
   * its thread. The peer need not be there yet.
   *
   * @throws InvalidOptionsException with all that is wrong with the options, before a socket is
   *     touched
   * @throws ProviderNotFoundException if a plug-in is missing or does not work here
   * @throws TransportException if the address cannot be used
   */
  public FrameReceiver open() {
    return NetGearReceiver.open(settings());
  }
}
