package io.netgear.transport.netty;

import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Somebody else's direct memory on its way to the network, of which what is left may be moved to
 * other memory at any time. Netty keeps no view of what it calls a file's region, and asks for the
 * next bytes whenever the system takes some. Belongs to the event loop.
 */
final class Region extends AbstractReferenceCounted implements FileRegion {
  private final ByteBuffer source;
  private final long count;
  private ByteBuffer left;

  /** What is left of {@code source} to be read. */
  Region(ByteBuffer source) {
    this.source = source;
    this.count = source.remaining();
    this.left = source.duplicate();
  }

  @SuppressWarnings("ReferenceEquality") // the very buffer, not one with the same bytes
  boolean isOf(ByteBuffer part) {
    return source == part;
  }

  /** Copies what is left, and goes on from there. */
  void moveTo(ByteBuffer memory) {
    ByteBuffer copy = memory.duplicate();
    int start = copy.position();
    copy.put(left);
    left = copy.limit(copy.position()).position(start);
  }

  @Override
  public long transferTo(WritableByteChannel target, long position) throws IOException {
    return target.write(left);
  }

  @Override
  public long position() {
    return 0;
  }

  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // Netty's own word, which nobody here uses
  public long transfered() {
    return transferred();
  }

  @Override
  public long transferred() {
    return count - left.remaining();
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  protected void deallocate() {
    // the memory is its owner's
  }

  @Override
  public Region retain() {
    super.retain();
    return this;
  }

  @Override
  public Region retain(int increment) {
    super.retain(increment);
    return this;
  }

  @Override
  public Region touch() {
    return this;
  }

  @Override
  public Region touch(Object hint) {
    return this;
  }
}
