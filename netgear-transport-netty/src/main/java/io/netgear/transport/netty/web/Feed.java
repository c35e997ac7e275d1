package io.netgear.transport.netty.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * The way of pictures to one viewer: one at a time is written, and when its last byte has left, the
 * newest is next. What comes in between is missed by this viewer, waits nowhere, and is counted.
 * Belongs to the link's thread.
 */
final class Feed {
  /** Turns without a byte written after which a viewer is given up. */
  private static final int MOST_STALLED = 3;

  /** Writes a picture that stays retained until {@code done} completes. */
  interface Form {
    void write(Picture picture, ChannelPromise done);
  }

  private final Gallery gallery;
  private final Channel channel;
  private final BooleanSupplier ready;
  private final Form form;
  private final Rate rate = new Rate();
  private Picture writing;
  private long last;
  private long sent;
  private long missed;
  private long unwritten;
  private int stalledTurns;

  /**
   * @param ready whether the viewer wants a picture now
   */
  Feed(Gallery gallery, Channel channel, BooleanSupplier ready, Form form) {
    this.gallery = gallery;
    this.channel = channel;
    this.ready = ready;
    this.form = form;
  }

  /** Sends the newest picture, unless it was sent or the viewer is busy. */
  void next() {
    Picture newest = gallery.current();
    if (writing != null
        || newest == null
        || newest.number() == last
        || !ready.getAsBoolean()
        || !channel.isActive()) {
      return;
    }
    missed += last == 0 ? 0 : newest.number() - last - 1;
    last = newest.number();
    writing = newest.retain();
    form.write(newest, channel.newPromise().addListener(this::written));
  }

  private void written(Future<?> done) {
    writing.release();
    writing = null;
    stalledTurns = 0;
    if (done.isSuccess()) {
      sent++;
      rate.tick(System.nanoTime());
      next();
    }
  }

  /** Whether nothing was written for some turns although there is something. */
  boolean isStalled() {
    if (writing == null) {
      return false;
    }
    ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
    if (pending == null) { // it is closed, and what was being written is about to come back
      return false;
    }
    long left = pending.totalPendingWriteBytes();
    stalledTurns = left == unwritten ? stalledTurns + 1 : 0;
    unwritten = left;
    return stalledTurns > MOST_STALLED;
  }

  long sent() {
    return sent;
  }

  long missed() {
    return missed;
  }

  double perSecond() {
    return rate.perSecond(System.nanoTime());
  }
}
