package io.netgear.transport.zmq;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import zmq.Msg;

/**
 * The parts before a message's own: the number of a request, by which its reply is told from late
 * ones, and the way back to the peer that is to be answered. Belongs to the link's thread.
 */
final class Envelope {
  /** Before messages that need none. */
  private final EnvelopeParts none = new EnvelopeParts();

  /**
   * The parts before the reply to the last message received; empty when there is none to reply to.
   */
  private final EnvelopeParts wayBack = new EnvelopeParts();

  private final EnvelopeParts beforeRequest = new EnvelopeParts();
  private boolean replyAwaited;
  private int request;

  EnvelopeParts none() {
    return none;
  }

  /** Numbers the next request, not to be guessed by a peer that was not asked. */
  EnvelopeParts ofRequest() {
    request = ThreadLocalRandom.current().nextInt();
    beforeRequest.clear();
    beforeRequest.begin();
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      beforeRequest.put(request >>> shift);
    }
    beforeRequest.begin();
    return beforeRequest;
  }

  void requestSent() {
    replyAwaited = true;
  }

  boolean replyAwaited() {
    return replyAwaited;
  }

  /** A reply that still comes is none of ours. */
  void abandon() {
    replyAwaited = false;
  }

  boolean knowsWayBack() {
    return wayBack.count() > 0;
  }

  EnvelopeParts wayBack() {
    return wayBack;
  }

  void forgetWayBack() {
    wayBack.clear();
  }

  /**
   * Finds where the message's own parts begin; -1 when it is not for us or not a message of this
   * kind.
   */
  int open(SocketKind kind, List<Msg> parts) {
    return switch (kind) {
      case REQUEST -> openReply(parts);
      case REPLY -> openRequest(parts);
      case PAIR_ANSWERING -> {
        wayBack.clear();
        wayBack.add(parts.get(0));
        yield parts.size() > 1 ? 1 : -1;
      }
      default -> 0;
    };
  }

  private int openReply(List<Msg> parts) {
    boolean ours =
        replyAwaited
            && parts.size() > 2
            && parts.get(0).size() == Integer.BYTES
            && parts.get(0).getInt(0) == request
            && parts.get(1).size() == 0;
    if (!ours) {
      return -1;
    }
    replyAwaited = false;
    return 2;
  }

  private int openRequest(List<Msg> parts) {
    wayBack.clear();
    for (int i = 1; i < parts.size() - 1; i++) {
      if (parts.get(i).size() == 0) {
        for (int before = 0; before <= i; before++) {
          wayBack.add(parts.get(before));
        }
        return i + 1;
      }
    }
    return -1;
  }
}
