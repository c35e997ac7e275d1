package io.netgear;

import java.util.Map;

/**
 * The books of one sender or receiver at one moment. They balance at any moment: {@code frames =
 * delivered + dropped + waiting}.
 *
 * @param frames sender: frames offered to {@code send}; receiver: frames that arrived whole
 * @param delivered sender: acknowledged, or handed to the network where the pattern does not
 *     acknowledge; receiver: returned by {@code recv}
 * @param dropped all others, by reason; reasons that never happened are absent
 * @param waiting sender: being sent now, and with a window on their way without an answer yet;
 *     receiver: waiting in the queue or being decoded
 * @param payloadBytes bytes of encoded frames, of those in {@code frames} that were encoded
 * @param badMessages messages that were no frame and no part of the conversation; counted here only
 * @param refused messages and peers that the transport turned away, as told to {@link
 *     Events#refused}; counted here only
 * @param reconnects times that the conversation worked again after a failure
 * @param latency sender: from {@code send} to the acknowledgement; receiver: age of a frame when
 *     {@code recv} returned it
 */
public record Stats(
    long frames,
    long delivered,
    Map<DropReason, Long> dropped,
    long waiting,
    long payloadBytes,
    long badMessages,
    long refused,
    long reconnects,
    LatencySummary latency) {
  /** Copies the map. */
  public Stats {
    dropped = Map.copyOf(dropped);
  }

  /** Frames dropped for any reason. */
  public long totalDropped() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether every frame is accounted for. */
  public boolean balanced() {
    return frames == delivered + totalDropped() + waiting;
  }
}
