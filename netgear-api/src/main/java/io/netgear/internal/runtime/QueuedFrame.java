package io.netgear.internal.runtime;

import io.netgear.Peer;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.PooledBuffer;

/**
 * A frame that waits, still encoded, owned by the queue and then by whoever took it.
 *
 * @param header what is said about it
 * @param payload its bytes
 * @param peer whom it came from
 * @param receivedMicros when it had arrived
 * @param answer where the application's answer goes
 */
record QueuedFrame(
    FrameHeader header, PooledBuffer payload, Peer peer, long receivedMicros, AnswerSlot answer) {}
