package io.netgear.transport.zmq;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/**
 * A connection that moves large parts in large pieces.
 *
 * <p>Reading: JeroMQ asks for the rest of a large part again and again, and makes three objects
 * each time, some hundred times for a raw frame. So what it asks for is remembered and filled here,
 * whenever {@link PatientSelector} finds that something has come, and JeroMQ sees the part once it
 * is there as a whole. Until then it hears that nothing has come.
 *
 * <p>Writing: the system tells a receiver in the same machine of a large write when half of a
 * window of several megabytes is full, so that one side copies and then the other, from memory that
 * has left the processor's cache meanwhile. A few smaller writes spare that. Many small ones would
 * have the two sides fight over the connection.
 *
 * <p>Reading and writing are the I/O thread's; the rest may be called from any thread.
 */
final class BulkChannel extends SocketChannel {
  /** JeroMQ's own buffer, into which it reads small parts and the beginnings of large ones. */
  static final int SMALL_BYTES = 8192;

  /** Of one write. */
  static final int WRITE_BYTES = 1 << 20;

  /** Read or written in one turn; then other connections get theirs. */
  static final int TURN_BYTES = 4 << 20;

  private final SocketChannel inner;
  private final OutboundGate gate;

  /** What the end of the connection waits for; null where it need not. */
  private final LastLook lastLook;

  /** Of what comes, and of what goes out: null where that tells nothing. */
  private final Handshake inbound;

  private final Handshake outbound;

  /** What JeroMQ asked for and has not got, from {@link #begun} on; null when nothing is owed. */
  private ByteBuffer asked;

  private int begun;

  /** When something came last, in {@code nanoTime}. */
  private long lastRead = System.nanoTime();

  /** Nothing more gets out: the part that was being written was taken back. */
  private boolean cut;

  /**
   * Over {@code inner}.
   *
   * @param lastLook what JeroMQ hears of the connection's end after; null for nothing
   * @param inbound follows what comes, until the handshake is complete; null if it need not
   * @param outbound follows what goes out, likewise
   */
  BulkChannel(
      SelectorProvider provider,
      SocketChannel inner,
      OutboundGate gate,
      LastLook lastLook,
      Handshake inbound,
      Handshake outbound) {
    super(provider);
    this.inner = inner;
    this.gate = gate;
    this.lastLook = lastLook;
    this.inbound = inbound;
    this.outbound = outbound;
  }

  /** Whether no handshake was followed, or it is complete. Any thread. */
  boolean isMet() {
    return (inbound == null || inbound.complete()) && (outbound == null || outbound.complete());
  }

  /** Ends the connection without JeroMQ, which has stopped looking at it. */
  void letGo() throws IOException {
    inner.close();
  }

  /** What the JDK's selector knows. */
  static SelectableChannel inner(SelectableChannel channel) {
    return channel instanceof BulkChannel bulk
        ? bulk.inner
        : channel instanceof BulkListener listener ? listener.inner() : channel;
  }

  /** Whether JeroMQ waits for the rest of a large part. */
  boolean isFilling() {
    return asked != null;
  }

  /**
   * Takes what has come for a large part.
   *
   * @return whether JeroMQ should read: the part is there, or no more of it will come
   */
  boolean fill() {
    try {
      return take();
    } catch (IOException e) { // JeroMQ meets it again, when it has taken what came before
      return true;
    }
  }

  /** Answers true when the end of the stream was met or the part is there. */
  private boolean take() throws IOException {
    int most = asked.position() + Math.min(asked.remaining(), TURN_BYTES);
    int read = 1;
    while (read > 0 && asked.position() < most) {
      read = readInner(asked);
    }
    return read < 0 || !asked.hasRemaining();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (asked == null) {
      if (into.remaining() <= SMALL_BYTES) {
        return readSmall(into);
      }
      asked = into;
      begun = into.position();
    } else if (into.position() != begun || into.limit() != asked.limit()) {
      throw new IOException(
          "JeroMQ asks for other bytes than before; is it version " + JeroMqVersion.TEXT + "?");
    }
    if (!take()) {
      return 0;
    }
    int filled = asked.position() - begun;
    boolean ended = asked.hasRemaining();
    into.position(begun + filled);
    asked = null;
    return ended && filled == 0 ? -1 : filled;
  }

  private int readSmall(ByteBuffer into) throws IOException {
    int from = into.position();
    int read = readInner(into);
    if (inbound != null && !inbound.complete()) {
      inbound.passed(into, from, into.position());
    }
    return read;
  }

  private int readInner(ByteBuffer into) throws IOException {
    int read;
    try {
      read = inner.read(into);
    } catch (IOException e) {
      ended();
      throw e;
    }
    if (read > 0) {
      lastRead = System.nanoTime();
    } else if (read < 0) {
      ended();
    }
    return read;
  }

  private void ended() {
    if (lastLook != null) {
      lastLook.await(lastRead);
    }
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    throw new UnsupportedOperationException("JeroMQ reads into one buffer at a time.");
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    if (cut) {
      throw new OutboundGate.TakenBackException();
    }
    try {
      return writePieces(from);
    } catch (OutboundGate.TakenBackException e) {
      cut = true;
      // JeroMQ ends a connection when nothing more can be read
      SocketChannel unused = inner.shutdownInput();
      throw e;
    }
  }

  private int writePieces(ByteBuffer from) throws IOException {
    int begin = from.position();
    int end = from.limit();
    int most = begin + Math.min(end - begin, TURN_BYTES);
    try {
      int left = 0;
      while (left == 0 && from.position() < most) {
        from.limit(Math.min(most, from.position() + WRITE_BYTES));
        int unused = gate.write(inner, from);
        left = from.remaining();
      }
    } finally {
      from.limit(end);
    }
    if (outbound != null && !outbound.complete()) {
      outbound.passed(from, begin, from.position());
    }
    return from.position() - begin;
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    throw new UnsupportedOperationException("JeroMQ writes from one buffer at a time.");
  }

  @Override
  protected void implCloseSelectableChannel() throws IOException {
    inner.close();
  }

  @Override
  protected void implConfigureBlocking(boolean block) throws IOException {
    SelectableChannel unused = inner.configureBlocking(block);
  }

  @Override
  public SocketChannel bind(SocketAddress local) throws IOException {
    SocketChannel unused = inner.bind(local);
    return this;
  }

  @Override
  public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
    SocketChannel unused = inner.setOption(name, value);
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) throws IOException {
    return inner.getOption(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return inner.supportedOptions();
  }

  @Override
  public SocketChannel shutdownInput() throws IOException {
    SocketChannel unused = inner.shutdownInput();
    return this;
  }

  @Override
  public SocketChannel shutdownOutput() throws IOException {
    SocketChannel unused = inner.shutdownOutput();
    return this;
  }

  @Override
  public Socket socket() {
    return inner.socket();
  }

  @Override
  public boolean isConnected() {
    return inner.isConnected();
  }

  @Override
  public boolean isConnectionPending() {
    return inner.isConnectionPending();
  }

  @Override
  public boolean connect(SocketAddress remote) throws IOException {
    return inner.connect(remote);
  }

  @Override
  public boolean finishConnect() throws IOException {
    return inner.finishConnect();
  }

  @Override
  public SocketAddress getRemoteAddress() throws IOException {
    return inner.getRemoteAddress();
  }

  @Override
  public SocketAddress getLocalAddress() throws IOException {
    return inner.getLocalAddress();
  }
}
