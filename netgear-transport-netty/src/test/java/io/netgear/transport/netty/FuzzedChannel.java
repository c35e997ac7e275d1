package io.netgear.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.FileRegion;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.Channels;

/** A connection without a network, which knows how much of its memory is lent. */
final class FuzzedChannel extends EmbeddedChannel implements DuplexChannel {
  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false, true);
  private boolean stuck;
  private boolean outputShutdown;

  /**
   * @param stuck whether its peer reads nothing
   */
  FuzzedChannel(boolean stuck) {
    super(DefaultChannelId.newInstance(), false, false);
    this.stuck = stuck;
    config().setAllocator(memory);
  }

  /** What was allocated for it and is not released, in bytes. */
  long lent() {
    return memory.metric().usedDirectMemory() + memory.metric().usedHeapMemory();
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer waiting) throws Exception {
    if (!stuck) {
      super.doWrite(waiting);
    }
  }

  /** What was written since the last call. */
  byte[] written() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Object out = readOutbound(); out != null; out = readOutbound()) {
      try {
        append(out, all);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        ReferenceCountUtil.release(out);
      }
    }
    return all.toByteArray();
  }

  private static void append(Object out, ByteArrayOutputStream all) throws IOException {
    if (out instanceof FileRegion region) {
      region.transferTo(Channels.newChannel(all), region.transferred());
    } else {
      ByteBuf bytes = (ByteBuf) out;
      bytes.readBytes(all, bytes.readableBytes());
    }
  }

  private static SocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  protected SocketAddress localAddress0() {
    return loopback(5555);
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return loopback(40_000);
  }

  @Override
  public boolean isInputShutdown() {
    return false;
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdownInput(newPromise());
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    return promise.setFailure(new UnsupportedOperationException("nobody asks for it"));
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShutdown;
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    outputShutdown = true;
    return promise.setSuccess();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public ChannelFuture shutdown() {
    return shutdown(newPromise());
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    return shutdownInput(promise);
  }
}
