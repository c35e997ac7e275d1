package io.netgear.transport.netty;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What one subscriber asked for: messages whose first part begins with one of its topics. NetGear's
 * own subscribers ask for everything. Guarded by the link's lock.
 */
final class Subscriptions {
  private static final int MOST = 1_000;

  /** As often as it was asked for, since each has to be cancelled. */
  private final List<ByteBuffer> topics = new ArrayList<>();

  void add(byte[] topic) throws Breach {
    if (topics.size() == MOST) {
      throw new Breach("it has more than " + MOST + " subscriptions");
    }
    topics.add(ByteBuffer.wrap(topic));
  }

  void cancel(byte[] topic) {
    topics.remove(ByteBuffer.wrap(topic));
  }

  /** Whether a message with this first part is asked for. */
  boolean match(ByteBuffer first) {
    for (int i = 0; i < topics.size(); i++) {
      int length = topics.get(i).remaining();
      if (length <= first.remaining()
          && first.slice(first.position(), length).equals(topics.get(i))) {
        return true;
      }
    }
    return false;
  }
}
