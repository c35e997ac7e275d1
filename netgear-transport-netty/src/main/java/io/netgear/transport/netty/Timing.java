package io.netgear.transport.netty;

/**
 * How long things may take, in milliseconds.
 *
 * @param handshakeMs for a peer to say who it is, from the first moment of its connection
 * @param heartbeatMs after so long without a word a peer is asked for a sign of life; twice as long
 *     again without one, and its connection is cut
 * @param connectMs for one attempt to connect
 * @param firstRetryMs before the first further attempt; doubled for each one after that
 * @param lastRetryMs between attempts at most
 * @param lingerMs for what was accepted to be written when a link is closed
 */
record Timing(
    int handshakeMs,
    int heartbeatMs,
    int connectMs,
    int firstRetryMs,
    int lastRetryMs,
    int lingerMs) {
  static final Timing USUAL = new Timing(5_000, 5_000, 2_000, 20, 1_000, 300);
}
