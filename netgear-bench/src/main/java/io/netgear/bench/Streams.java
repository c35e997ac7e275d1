package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Streams that encode and decode as fast as they can, each on a thread and with an encoder and a
 * decoder of its own. Between blocks of frames all of them wait.
 */
final class Streams implements AutoCloseable {
  /** Frames of all streams together, a multiple of their number. */
  static final int BLOCK = 32;

  private static final long LIMIT_SECONDS = 60;

  private final List<Frame> frames;
  private final Jpeg jpeg;
  private final int framesOfEach;
  private final CyclicBarrier barrier;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Starts so many: 1, 2, 4, 8, 16 or 32. */
  Streams(int streams, List<Frame> frames, Jpeg jpeg) {
    if (streams < 1 || BLOCK % streams != 0) {
      throw new IllegalArgumentException(
          "The number of streams must divide " + BLOCK + ", got " + streams + ".");
    }
    this.frames = frames;
    this.jpeg = jpeg;
    framesOfEach = BLOCK / streams;
    barrier = new CyclicBarrier(streams + 1);
    for (int i = 1; i <= streams; i++) {
      Thread thread = new Thread(this::stream, "stream-" + i);
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((failed, thrown) -> fail(thrown));
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  private void fail(Throwable thrown) {
    failure.compareAndSet(null, thrown);
    barrier.reset();
  }

  private void stream() {
    var size = new PictureSize(frames.get(0).format().width(), frames.get(0).format().height());
    List<ByteBuffer> jpegs = TurboJpegEncoding.jpegs(frames, jpeg);
    try (var encoding = new TurboJpegEncoding(frames, jpeg);
        var decoding = new TurboJpegDecoding(jpegs, size, PixelFormat.BGR, jpeg)) {
      for (int next = 0; ; next++) {
        barrier.await();
        for (int i = 0; i < framesOfEach; i++) {
          int index = (next * framesOfEach + i & Integer.MAX_VALUE) % Footage.FRAMES;
          encoding.encode(index);
          decoding.decode(index);
        }
        barrier.await();
      }
    } catch (InterruptedException | BrokenBarrierException e) {
      Thread.currentThread().interrupt(); // the end, for this one or for all
    }
  }

  /** Lets them do {@link #BLOCK} frames, each stream as many as the others. */
  void run() {
    try {
      barrier.await(LIMIT_SECONDS, TimeUnit.SECONDS);
      barrier.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while streams ran.", e);
    } catch (BrokenBarrierException | TimeoutException e) {
      Throwable why = failure.get() == null ? e : failure.get();
      throw new IllegalStateException("A stream failed: " + why, why);
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
