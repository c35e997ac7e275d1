package io.netgear.transport.netty.web;

import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.PooledBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A frame as it is shown: its encoded bytes, which all viewers share, and what is said about them.
 * Made with one owner; its memory goes back with the last.
 */
final class Picture {
  private final long number;
  private final FrameHeader header;
  private final JpegSize size;
  private final PooledBuffer payload;
  private final int bytes;

  private Picture(long number, FrameHeader header, JpegSize size, PooledBuffer payload) {
    this.number = number;
    this.header = header;
    this.size = size;
    this.payload = payload;
    this.bytes = payload.bytes().remaining();
  }

  /**
   * Retains the payload, which stays the caller's; null for one that no browser can show.
   *
   * @param number of the frames that were offered, from 1
   */
  static Picture of(long number, FrameHeader header, PooledBuffer payload) {
    JpegSize size =
        header.encoding().format().equals(Encoding.JPEG) ? JpegSize.of(payload.bytes()) : null;
    return size == null ? null : new Picture(number, header, size, payload.retain());
  }

  long number() {
    return number;
  }

  FrameHeader header() {
    return header;
  }

  JpegSize size() {
    return size;
  }

  /** How many bytes the JPEG has. */
  int length() {
    return bytes;
  }

  /** The JPEG where it lies, to be written while the picture is retained. */
  ByteBuf bytes() {
    return Unpooled.wrappedBuffer(payload.bytes());
  }

  Picture retain() {
    payload.retain();
    return this;
  }

  void release() {
    payload.release();
  }
}
