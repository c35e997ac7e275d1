package io.netgear.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * Encrypts messages by BoringSSL, past Netty's handler once that has shaken hands: several records
 * with one call, into memory that is used again and again, where the handler leaves half a dozen
 * objects behind for each record. What is encrypted is written at once, so that it goes out in the
 * order in which the engine counted it, as the handler's own does. Belongs to the event loop.
 */
final class RecordWriter {
  private static final int RECORD = 16 * 1024;

  /** More than is added to a record. */
  private static final int ADDED = 256;

  /** With one call. */
  private static final int MOST_RECORDS = 4;

  /** What the processor's cache still holds when the system takes it. */
  static final int PIECE_BYTES = 2 * MOST_RECORDS * (RECORD + ADDED);

  private final ChannelHandlerContext handler;
  private final SSLEngine engine;
  private final ByteBufAllocator memory;
  private final ByteBuffer[] records = new ByteBuffer[MOST_RECORDS];
  private ByteBuf piece;
  private Throwable failure;

  /**
   * @param handler of the connection, which has shaken hands
   * @param memory for pieces of {@value #PIECE_BYTES} bytes
   */
  RecordWriter(ChannelHandlerContext handler, ByteBufAllocator memory) {
    this.handler = handler;
    this.engine = ((SslHandler) handler.handler()).engine();
    this.memory = memory;
  }

  /** Encrypts all that is left of {@code bytes}, which does not change. */
  void add(ByteBuffer bytes) {
    int views = 0;
    int from = bytes.position();
    try {
      while (from < bytes.limit() && failure == null) {
        int start = from;
        int count = 0;
        for (; count < MOST_RECORDS && from < bytes.limit(); count++) {
          if (count == views) {
            records[views++] = bytes.duplicate();
          }
          int to = Math.min(from + RECORD, bytes.limit());
          records[count].limit(to).position(from);
          from = to;
        }
        encrypt(count, from - start);
      }
    } catch (SSLException | RuntimeException | OutOfMemoryError e) {
      fail(e);
    }
  }

  private void encrypt(int count, int bytes) throws SSLException {
    int consumed = 0;
    while (consumed == 0) {
      if (piece != null && piece.writableBytes() < count * (RECORD + ADDED)) {
        write(handler.voidPromise());
      }
      if (piece == null) {
        piece = memory.directBuffer(PIECE_BYTES, PIECE_BYTES);
      }
      SSLEngineResult result =
          engine.wrap(
              records,
              0,
              count,
              piece.internalNioBuffer(piece.writerIndex(), piece.writableBytes()));
      piece.writerIndex(piece.writerIndex() + result.bytesProduced());
      // nothing at first where the engine had something of its own to say
      consumed = result.bytesConsumed();
      if (result.getStatus() != SSLEngineResult.Status.OK || result.bytesProduced() == 0) {
        throw new SSLException("the TLS connection is closed (" + result.getStatus() + ")");
      }
      if (consumed != 0 && consumed != bytes) {
        throw new SSLException("BoringSSL encrypted " + consumed + " of " + bytes + " bytes");
      }
    }
  }

  private void write(ChannelPromise promise) {
    ByteBuf full = piece;
    piece = null;
    ChannelFuture unused = handler.writeAndFlush(full, promise);
  }

  /** All of a message was added; {@code written} is completed when the system has taken it. */
  void end(ChannelPromise written) {
    if (failure == null) {
      write(written);
    } else {
      written.setFailure(failure);
    }
  }

  private void fail(Throwable why) {
    failure = why;
    if (piece != null) {
      piece.release();
      piece = null;
    }
    ChannelFuture unused = handler.close();
  }
}
