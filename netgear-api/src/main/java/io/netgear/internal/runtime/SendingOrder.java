package io.netgear.internal.runtime;

import io.netgear.Peer;
import io.netgear.spi.FrameHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Tells frames that come after a later one of the same sender. They were stuck in a connection that
 * the sender has given up since: nobody acknowledges them, and the network brings them all the
 * same, seconds later.
 *
 * <p>A sender is known by name, host and port, and a late frame by number and time together, so
 * that a sender that was started again, and counts anew, is no late one. For one thread.
 */
final class SendingOrder {
  private static final int MOST_SENDERS = 64;

  /** A sender that was started again with its clock set back is believed after so many frames. */
  private static final int MOST_LATE_IN_A_ROW = 16;

  private final List<Latest> senders = new ArrayList<>();

  private static final class Latest {
    private final String name;
    private final String address;
    private final Object port;
    private long sequence = -1;
    private long sentMicros = -1;
    private int lateInARow;

    Latest(FrameHeader header, Peer peer) {
      name = header.senderId();
      address = peer.address();
      port = header.port();
    }

    boolean isOf(FrameHeader header, Peer peer) {
      return name.equals(header.senderId())
          && Objects.equals(port, header.port())
          && onSameHost(address, peer.address());
    }
  }

  /** Whether the frame comes after a later one; else it is the latest now. */
  boolean isLate(FrameHeader header, Peer peer) {
    if (header.sequence() < 0 || header.sentMicros() < 0) {
      return false;
    }
    Latest latest = latest(header, peer);
    if (header.sequence() < latest.sequence
        && header.sentMicros() < latest.sentMicros
        && latest.lateInARow < MOST_LATE_IN_A_ROW) {
      latest.lateInARow++;
      return true;
    }
    latest.lateInARow = 0;
    latest.sequence = header.sequence();
    latest.sentMicros = header.sentMicros();
    return false;
  }

  private Latest latest(FrameHeader header, Peer peer) {
    for (int i = 0; i < senders.size(); i++) {
      Latest latest = senders.get(i);
      if (latest.isOf(header, peer)) {
        return latest;
      }
    }
    if (senders.size() == MOST_SENDERS) {
      senders.remove(0);
    }
    Latest latest = new Latest(header, peer);
    senders.add(latest);
    return latest;
  }

  /** Whatever the port, which is another for each connection. */
  private static boolean onSameHost(String address, String other) {
    int end = address.lastIndexOf(':');
    return end == other.lastIndexOf(':')
        && address.regionMatches(0, other, 0, end < 0 ? address.length() : end)
        && (end >= 0 || address.length() == other.length());
  }
}
