package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.bench.report.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Streams that encode and decode as fast as they can, each on a thread of its own. */
final class Streams {
  private static final int[] COUNTS = {1, 4, 16};

  private final List<Frame> frames;
  private final PictureSize size;
  private final int blocks;
  private final int framesOfBlock;

  Streams(List<Frame> frames, PictureSize size, boolean quick) {
    this.frames = frames;
    this.size = size;
    blocks = quick ? 2 : 5;
    framesOfBlock = quick ? 16 : 96;
  }

  /** One stream on one thread, then so many at the default settings. */
  List<Row> rows() throws InterruptedException {
    String one = "1 stream, 1 thread";
    double[][] millis = new double[COUNTS.length + 1][blocks];
    for (int block = -1; block < blocks; block++) {
      int at = Math.max(0, block);
      millis[0][at] = millisOfFrame(1, framesOfBlock, 1);
      for (int i = 0; i < COUNTS.length; i++) {
        millis[i + 1][at] = millisOfFrame(COUNTS[i], framesOfBlock, 0);
      }
    }
    List<Row> rows = new ArrayList<>();
    rows.add(row(one, one, millis[0], millis[0]));
    for (int i = 0; i < COUNTS.length; i++) {
      String label = COUNTS[i] + (COUNTS[i] == 1 ? " stream" : " streams") + ", all cores";
      rows.add(row(label, one, millis[i + 1], millis[0]));
    }
    return rows;
  }

  /** With so few blocks the interval is that of all of them. */
  private Row row(String label, String against, double[] own, double[] other) {
    double[] ratios = new double[own.length];
    Arrays.setAll(ratios, i -> own[i] / other[i]);
    Arrays.sort(ratios);
    double[] sorted = own.clone();
    Arrays.sort(sorted);
    return new Row(
        label,
        against,
        blocks * framesOfBlock,
        ratios[ratios.length / 2],
        ratios[0],
        ratios[ratios.length - 1],
        sorted[sorted.length / 2],
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN);
  }

  /** The wall's milliseconds for each frame of all streams together. */
  double millisOfFrame(int streams, int framesOfAll, int threads) throws InterruptedException {
    Jpeg jpeg = Jpeg.defaults().threads(threads);
    int each = Math.max(1, framesOfAll / streams);
    AtomicLong begin = new AtomicLong();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CyclicBarrier barrier = new CyclicBarrier(streams + 1, () -> begin.set(System.nanoTime()));
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      Thread stream = new Thread(() -> stream(jpeg, each, barrier), "stream-" + i);
      stream.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
      stream.setDaemon(true);
      running.add(stream);
      stream.start();
    }
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("The streams did not begin.", e);
    }
    for (Thread stream : running) {
      stream.join();
    }
    long end = System.nanoTime();
    if (failure.get() != null) {
      throw new IllegalStateException("A stream failed: " + failure.get(), failure.get());
    }
    return (end - begin.get()) / 1e6 / (streams * each);
  }

  private void stream(Jpeg jpeg, int count, CyclicBarrier barrier) {
    List<ByteBuffer> jpegs = TurboJpegEncoding.jpegs(frames, jpeg);
    try (var encoding = new TurboJpegEncoding(frames, jpeg);
        var decoding = new TurboJpegDecoding(jpegs, size, PixelFormat.BGR, jpeg)) {
      encoding.encode(0);
      decoding.decode(0);
      barrier.await();
      for (int i = 0; i < count; i++) {
        encoding.encode(i % Footage.FRAMES);
        decoding.decode(i % Footage.FRAMES);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException("The streams did not begin together.", e);
    }
  }
}
