package io.netgear;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A frame that arrived, with its pixels in pooled memory until {@link #close}.
 *
 * <p>Belongs to the caller of {@code recv}; may be handed to another thread and closed there. After
 * {@code close} the pixels belong to another frame: {@link Frame#copy} what must stay.
 */
public interface ReceivedFrame extends AutoCloseable {
  /**
   * The pixels, decoded when {@code recv} returned.
   *
   * @throws IllegalStateException after {@link #close}, and for a receiver that was opened with
   *     {@code encodedOnly()}
   */
  Frame frame();

  /**
   * The payload as it came from the wire: a whole JPEG file, or the raw array. Read-only,
   * little-endian, valid until {@link #close}; absent unless the receiver was opened with {@code
   * keepEncoded()} or {@code encodedOnly()}.
   */
  Optional<ByteBuffer> encoded();

  /**
   * Name of the payload's format: {@code jpeg}, {@code raw}, or what a third-party codec calls its
   * own.
   */
  String encoding();

  /** What the sender attached: null, String, Long, BigInteger, Double, Boolean, List or Map. */
  Object message();

  /** The port of the sender in multi-server mode; empty otherwise. */
  Optional<String> senderPort();

  /** Who sent it, as far as it is known. */
  Peer peer();

  /** The sender's number of this frame, from 0; -1 from a Python peer. */
  long sequence();

  /** When {@code send} was called, on this machine's clock; empty from a Python peer. */
  Optional<Instant> sentAt();

  /** When the whole message had arrived, on this machine's clock. */
  Instant receivedAt();

  /**
   * How old the picture is now: since {@code send} was called, the difference between the two
   * machines' clocks taken out where the pattern's acknowledgements told it; since arrival for a
   * Python peer.
   */
  Duration age();

  /** Gives the pixels back. Closing twice does nothing. */
  @Override
  void close();
}
