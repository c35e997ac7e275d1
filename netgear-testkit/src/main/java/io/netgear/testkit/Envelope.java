package io.netgear.testkit;

import io.netgear.spi.Message;

/**
 * A message on its way or in a queue, in the receiver's memory.
 *
 * @param message owned by whoever holds this
 * @param requestId the request that it is, or that it answers; 0 for neither
 */
record Envelope(Message message, long requestId) {}
