package io.netgear;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Receives frames. Made by {@link NetGear#receiver()}.
 *
 * <p>A thread named {@code netgear-recv-*} takes messages from the link, acknowledges them and
 * queues them still encoded; {@code recv} decodes on the caller's thread. {@code recv} may be
 * called from several threads, one at a time decodes. {@link #close} may be called from any thread
 * and ends a waiting {@code recv}.
 */
public interface FrameReceiver extends AutoCloseable {
  /**
   * Waits for the next frame.
   *
   * @param timeout how long at most; zero asks without waiting
   * @return the frame, to be closed by the caller; empty when the time is over or the stream has
   *     ended, which {@link #ended} tells apart
   * @throws TransportException if the link failed for good
   * @throws ProviderNotFoundException if a JPEG arrived and no codec here reads it; that frame is
   *     dropped
   * @throws IllegalStateException if so many received frames are unclosed that the memory limit is
   *     reached
   */
  Optional<ReceivedFrame> recv(Duration timeout);

  /**
   * Waits for the next frame and returns {@code reply} to its sender, for this very frame.
   * Bidirectional mode only.
   *
   * @throws IllegalStateException if this receiver is not bidirectional
   * @throws CodecException if the frame to return cannot be encoded; the frame that arrived is
   *     counted as {@link DropReason#REFUSED}
   */
  Optional<ReceivedFrame> recv(Duration timeout, Reply reply);

  /**
   * Answers every frame from now on with what {@code answer} makes of it, called by {@code recv}
   * before it returns that frame. The frame that it is given must not be closed there.
   * Bidirectional mode only; null ends it.
   *
   * <p>What it throws, {@code recv} throws: the frame is closed and counted as {@link
   * DropReason#REFUSED}, and its sender gets an acknowledgement without anything returned.
   */
  void replyWith(Function<ReceivedFrame, Reply> answer);

  /** Whether no further frame will come and none is waiting. */
  boolean ended();

  /** Why the stream ended; empty while it goes on. */
  Optional<StreamEnd> end();

  /** The addresses in use; with the real port where port 0 was asked for. */
  List<Address> addresses();

  /** The books up to now. */
  Stats stats();

  /** Every option in force and where it comes from, one a line, secrets redacted. */
  String explain();

  /**
   * Ends the stream, wakes {@code recv}, frees the port and all memory but that of unclosed frames.
   * Returns within a second. Quiet when called twice.
   */
  @Override
  void close();
}
