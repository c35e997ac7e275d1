package io.netgear.spi;

import io.netgear.Peer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * A message of one or more parts, with one owner who closes it or passes it on.
 *
 * <p>Not synchronised. The parts' positions and limits frame their bytes.
 */
public final class Message implements AutoCloseable {
  private final List<PooledBuffer> parts;
  private final Peer peer;

  private Message(List<PooledBuffer> parts, Peer peer) {
    this.parts = parts;
    this.peer = peer;
  }

  /** A message of these parts, which it owns from now on. */
  public static Message of(PooledBuffer... parts) {
    return received(List.of(parts), Peer.UNKNOWN);
  }

  /** A message of one part on the heap. */
  public static Message of(byte[] part) {
    return of(PooledBuffer.unpooled(ByteBuffer.wrap(part)));
  }

  /** A message that came from {@code peer}, which owns its parts. */
  public static Message received(List<PooledBuffer> parts, Peer peer) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("A message has at least one part.");
    }
    return new Message(List.copyOf(parts), Objects.requireNonNull(peer, "peer"));
  }

  /** Number of parts, at least 1. */
  public int parts() {
    return parts.size();
  }

  /** The bytes of part {@code index}, between position and limit; still owned by this message. */
  public ByteBuffer part(int index) {
    return parts.get(index).bytes();
  }

  /**
   * Part {@code index} with its ownership: retained, so that it outlives this message's {@link
   * #close}.
   */
  public PooledBuffer retainPart(int index) {
    return parts.get(index).retain();
  }

  /** Bytes of all parts together. */
  public long size() {
    long size = 0;
    for (int i = 0; i < parts.size(); i++) {
      size += parts.get(i).bytes().remaining();
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
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).release();
    }
  }
}
