package io.netgear.transport.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Takes a stream of bytes apart into frames. Commands may also stand between the frames of a
 * message: libzmq asks for signs of life, and answers, wherever it happens to be. A frame's {@link
 * Sink} decides from its header, before anything is reserved for it, where its body goes; the rest
 * of a large body may be read from the network straight into {@link #landing()}. Belongs to the
 * event loop.
 */
final class FrameReader {
  /** Who takes the frames. */
  interface Sink {
    /** Whether the frames of a further message may come now; else reading stops before them. */
    boolean hasRoom();

    /**
     * A frame of a message begins.
     *
     * @return where its body goes: memory with just so much room; null to skip it
     */
    ByteBuffer begin(boolean more, long length) throws Breach;

    /** The frame that began is complete. */
    void end(boolean more) throws Breach;

    void command(Command command) throws Breach;
  }

  private final Sink sink;
  private final byte[] header = new byte[Frame.MOST_HEADER];
  private int headerBytes;
  private boolean inBody;
  private boolean inMessage;
  private long left;
  private long bytes;
  private long messages;

  private byte[] command;

  /** Where the body goes: on the heap, or in direct memory; neither to skip it. */
  private ByteBuffer small;

  private ByteBuf body;

  FrameReader(Sink sink) {
    this.sink = sink;
  }

  /**
   * Takes what there is. What is left in {@code in} is to be given again, with what follows, once
   * the sink has room.
   */
  void read(ByteBuf in) throws Breach {
    while (in.isReadable()) {
      if (!inBody && !readHeader(in)) {
        return;
      }
      readBody(in);
    }
  }

  /** Answers whether a frame began; if not, more is needed or the sink has no room. */
  private boolean readHeader(ByteBuf in) throws Breach {
    if (headerBytes == 0) {
      int flags = in.getByte(in.readerIndex()) & 0xFF;
      boolean isCommand = (flags & Frame.COMMAND) != 0;
      if ((flags & ~Frame.KNOWN_FLAGS) != 0 || (isCommand && (flags & Frame.MORE) != 0)) {
        throw new Breach("it sent a frame with flags " + flags + ", which cannot stand there");
      }
      if (!isCommand && !inMessage && !sink.hasRoom()) {
        return false;
      }
    }
    header[headerBytes++] = in.readByte();
    boolean isLong = (header[0] & Frame.LONG) != 0;
    int needed = isLong ? Frame.MOST_HEADER : 2;
    int taken = Math.min(needed - headerBytes, in.readableBytes());
    in.readBytes(header, headerBytes, taken);
    headerBytes += taken;
    if (headerBytes < needed) {
      return false;
    }
    left = isLong ? longLength() : header[1] & 0xFF;
    begin();
    return true;
  }

  private long longLength() {
    long length = 0;
    for (int i = 1; i < Frame.MOST_HEADER; i++) {
      length = (length << 8) | (header[i] & 0xFF);
    }
    return length;
  }

  private void begin() throws Breach {
    if (left < 0) {
      throw new Breach("it announced a frame of 2^63 bytes or more");
    }
    if ((header[0] & Frame.COMMAND) != 0) {
      if (left > Command.MOST_BYTES) {
        throw new Breach(
            "it announced a command of " + left + " bytes; the limit is " + Command.MOST_BYTES);
      }
      command = new byte[(int) left];
    } else {
      ByteBuffer to = sink.begin(more(), left);
      inMessage = more();
      if (to != null && left > 0) {
        small = to.isDirect() ? null : to;
        body = to.isDirect() ? DirectMemory.wrap(to).clear() : null;
      }
    }
    inBody = true;
  }

  private boolean more() {
    return (header[0] & Frame.MORE) != 0;
  }

  private void readBody(ByteBuf in) throws Breach {
    int taken = (int) Math.min(left, in.readableBytes());
    if (command != null) {
      in.readBytes(command, command.length - (int) left, taken);
    } else if (small != null) {
      in.readBytes(small.array(), small.arrayOffset() + small.limit() - (int) left, taken);
    } else if (body != null) {
      land(in, taken);
    } else {
      in.skipBytes(taken);
    }
    left -= taken;
    bytes += command == null ? taken : 0;
    finishIfComplete();
  }

  /** By way of the views that both buffers have already, instead of new ones. */
  private void land(ByteBuf in, int count) {
    boolean inOne = in.nioBufferCount() == 1;
    ByteBuffer from =
        inOne
            ? in.internalNioBuffer(in.readerIndex(), count)
            : in.nioBuffer(in.readerIndex(), count);
    body.internalNioBuffer(body.writerIndex(), count).put(from);
    body.writerIndex(body.writerIndex() + count);
    in.skipBytes(count);
  }

  private void finishIfComplete() throws Breach {
    if (!inBody || left > 0) {
      return;
    }
    inBody = false;
    headerBytes = 0;
    if (command != null) {
      byte[] complete = command;
      command = null;
      messages += inMessage ? 0 : 1;
      sink.command(Command.of(complete));
    } else {
      letGo();
      messages += more() ? 0 : 1;
      sink.end(more());
    }
  }

  /**
   * What is still to come of a body that began, as memory with just so much room to write; null
   * when something else comes next.
   */
  ByteBuf landing() {
    return inBody && left > 0 ? body : null;
  }

  /** Bytes were written into {@link #landing()}. */
  void landed() throws Breach {
    bytes += left - body.writableBytes();
    left = body.writableBytes();
    finishIfComplete();
  }

  /** How many bytes of messages' bodies have come so far. */
  long bytes() {
    return bytes;
  }

  /** How many messages, and commands between them, have ended so far. */
  long messages() {
    return messages;
  }

  /** Whether the stream would end within a frame or a message if it ended now. */
  boolean isWithin() {
    return inMessage || inBody || headerBytes > 0;
  }

  /** The stream has ended; nothing more is written into a body. */
  void letGo() {
    small = null;
    if (body != null) {
      body.release();
      body = null;
    }
  }
}
