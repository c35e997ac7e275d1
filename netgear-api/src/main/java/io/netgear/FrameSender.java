package io.netgear;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Sends frames. Made by {@link NetGear#sender()}.
 *
 * <p>May be called from several threads; one send runs at a time, the others wait their turn.
 * {@link #close} may be called from any thread and ends a send that is waiting.
 */
public interface FrameSender extends AutoCloseable {
  /** Sends a frame without a message. */
  default Receipt send(Frame frame) {
    return send(frame, null);
  }

  /**
   * Encodes and sends one frame and, where the pattern acknowledges, waits for the acknowledgement:
   * at most the request timeout. The frame is only read, and free again on return.
   *
   * @param message any JSON value, or null for none: String, Number, Boolean, Map with String keys,
   *     List, arrays of those
   * @return what became of it; drops and timeouts are outcomes, not exceptions
   * @throws IllegalArgumentException if the frame's format does not fit the settings, or the
   *     message is no JSON value
   * @throws IllegalStateException if this sender is closed
   * @throws CodecException if the codec cannot encode the frame
   * @throws TransportException if this was one failure too many ({@code max_retries}); the sender
   *     is closed then
   */
  Receipt send(Frame frame, Object message);

  /**
   * Sends a received frame on as it came, without decoding or copying it, and waits as {@link
   * #send(Frame, Object)} does. Its message, the name of its first sender and the time of the first
   * {@code send} travel on, so that the age at the end of a chain is that of the picture; the
   * number is this sender's own. Compression settings of this sender do not matter.
   *
   * <p>Only what was received by this library can be forwarded, by a receiver that was opened with
   * {@code encodedOnly()} or {@code keepEncoded()}. The received frame is only read: it is still
   * the caller's to close, and may be forwarded by several senders at once.
   *
   * @throws IllegalArgumentException if {@code received} does not carry its encoded bytes
   * @throws IllegalStateException if {@code received} or this sender is closed
   * @throws TransportException as {@link #send(Frame, Object)}
   */
  Receipt forward(ReceivedFrame received);

  /** Compresses from the next frame on with {@code jpeg}. The receiver follows. */
  void compression(Jpeg jpeg);

  /** Sends raw pixels from the next frame on. */
  void uncompressed();

  /** The addresses in use; with the real port where port 0 was asked for. */
  List<Address> addresses();

  /**
   * Where browsers can watch, each with the token that they need; empty unless the sender was
   * opened with {@link SenderBuilder#web}. Whoever has such an address can watch, so it belongs in
   * no log.
   */
  default List<URI> webAddresses() {
    return List.of();
  }

  /** The books up to now. */
  Stats stats();

  /** Every option in force and where it comes from, one a line, secrets redacted. */
  String explain();

  /**
   * Says goodbye to the peer, waits for at most {@link #GOODBYE_LIMIT}, and frees all it holds.
   * Returns within a second. Never throws for a peer that is gone; closing twice does nothing.
   */
  @Override
  void close();

  /** How long a goodbye may take. */
  Duration GOODBYE_LIMIT = Duration.ofMillis(500);
}
