package io.netgear.transport.netty;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What one subscriber asked for: messages whose first part begins with one of its topics. NetGear's
 * own subscribers ask for everything. Guarded by the link's lock.
 */
final class Subscriptions {
  static final int MOST = 1_000;

  /** Of all topics together. */
  static final int MOST_BYTES = 64 << 10;

  /** As often as it was asked for, since each has to be cancelled. */
  private final List<ByteBuffer> topics = new ArrayList<>();

  private int bytes;

  void add(byte[] topic) throws Breach {
    if (topics.size() == MOST) {
      throw new Breach("it has more than " + MOST + " subscriptions");
    }
    if (bytes + topic.length > MOST_BYTES) {
      throw new Breach("its subscriptions have more than " + MOST_BYTES + " bytes");
    }
    topics.add(ByteBuffer.wrap(topic));
    bytes += topic.length;
  }

  void cancel(byte[] topic) {
    if (topics.remove(ByteBuffer.wrap(topic))) {
      bytes -= topic.length;
    }
  }

  /** Whether a message with this first part is asked for. */
  boolean match(ByteBuffer first) {
    for (int i = 0; i < topics.size(); i++) {
      ByteBuffer topic = topics.get(i);
      int differs = topic.mismatch(first);
      if (differs < 0 || differs == topic.remaining()) {
        return true;
      }
    }
    return false;
  }
}
