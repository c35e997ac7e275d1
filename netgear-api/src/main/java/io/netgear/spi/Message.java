package io.netgear.spi;

import io.netgear.Peer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A message of one or more parts, with one owner who closes it or passes it on.
 *
 * <p>Not synchronised. The parts' positions and limits frame their bytes.
 */
public final class Message implements AutoCloseable {
  private static final PooledBuffer[] NONE = {};

  // Nearly every message has one part or two, and these take no list of them.
  private final PooledBuffer first;
  private final PooledBuffer second;
  private final PooledBuffer[] further;
  private final Peer peer;

  private Message(PooledBuffer first, PooledBuffer second, PooledBuffer[] further, Peer peer) {
    this.first = Objects.requireNonNull(first, "first part");
    this.second = second;
    this.further = further;
    this.peer = Objects.requireNonNull(peer, "peer");
  }

  /** A message of these parts, which it owns from now on. */
  public static Message of(PooledBuffer... parts) {
    return received(Arrays.asList(parts), Peer.UNKNOWN);
  }

  /** A message of one part, which it owns from now on. */
  public static Message of(PooledBuffer part) {
    return new Message(part, null, NONE, Peer.UNKNOWN);
  }

  /** A message of two parts, which it owns from now on. */
  public static Message of(PooledBuffer first, PooledBuffer second) {
    return new Message(first, Objects.requireNonNull(second, "second part"), NONE, Peer.UNKNOWN);
  }

  /** A message of one part on the heap. */
  public static Message of(byte[] part) {
    return of(PooledBuffer.unpooled(ByteBuffer.wrap(part)));
  }

  /**
   * A message that came from {@code peer}, which owns its parts; the list stays the caller's, who
   * may use it again.
   */
  public static Message received(List<PooledBuffer> parts, Peer peer) {
    int count = parts.size();
    if (count == 0) {
      throw new IllegalArgumentException("A message has at least one part.");
    }
    PooledBuffer[] further = count > 2 ? new PooledBuffer[count - 2] : NONE;
    for (int i = 0; i < further.length; i++) {
      further[i] = Objects.requireNonNull(parts.get(i + 2), "part");
    }
    PooledBuffer second = count > 1 ? Objects.requireNonNull(parts.get(1), "part") : null;
    return new Message(parts.get(0), second, further, peer);
  }

  /** Number of parts, at least 1. */
  public int parts() {
    return second == null ? 1 : 2 + further.length;
  }

  /** The bytes of part {@code index}, between position and limit; still owned by this message. */
  public ByteBuffer part(int index) {
    return buffer(index).bytes();
  }

  /**
   * Part {@code index} with its ownership: retained, so that it outlives this message's {@link
   * #close}.
   */
  public PooledBuffer retainPart(int index) {
    return buffer(index).retain();
  }

  /** Whether {@code part}, and no other that only has the same bytes, is one of its parts. */
  public boolean has(PooledBuffer part) {
    return part == first || part == second || Arrays.asList(further).contains(part);
  }

  private PooledBuffer buffer(int index) {
    Objects.checkIndex(index, parts());
    return index == 0 ? first : index == 1 ? second : further[index - 2];
  }

  /** Bytes of all parts together. */
  public long size() {
    long size = 0;
    for (int i = 0; i < parts(); i++) {
      size += buffer(i).bytes().remaining();
    }
    return size;
  }

  /** Whom it came from; {@link Peer#UNKNOWN} for one that is to be sent. */
  public Peer peer() {
    return peer;
  }

  /** Gives all parts back. */
  @Override
  public void close() {
    for (int i = 0; i < parts(); i++) {
      buffer(i).release();
    }
  }
}
