package io.netgear.internal.runtime;

import io.netgear.spi.FrameHeader;

/**
 * Estimates the receiver's clock minus the sender's from the four times of an exchange, as NTP does
 * (RFC 5905, section 8).
 *
 * <p>The exchange with the shortest way there and back is the most exact, so it is kept; its claim
 * fades by 1/32 with every exchange, so that drifting clocks are followed. Not synchronised: owned
 * by the sending thread.
 */
final class ClockOffset {
  private long offsetMicros = FrameHeader.UNKNOWN_OFFSET;
  private double bestWayMicros = Double.MAX_VALUE;

  /**
   * Learns from one exchange, in microseconds on the clocks of sender, receiver, receiver, sender.
   * Impossible times, which a peer may claim, teach nothing.
   */
  void learn(long sent, long received, long answered, long returned) {
    if (sent < 0 || received < 0 || answered < received || returned < sent) {
      return;
    }
    long way = (returned - sent) - (answered - received);
    if (way < 0) {
      return;
    }
    bestWayMicros += bestWayMicros / 32;
    if (way <= bestWayMicros) {
      bestWayMicros = way;
      offsetMicros = (received - sent) / 2 + (answered - returned) / 2;
    }
  }

  /** The estimate, or {@link FrameHeader#UNKNOWN_OFFSET}. */
  long micros() {
    return offsetMicros;
  }
}
