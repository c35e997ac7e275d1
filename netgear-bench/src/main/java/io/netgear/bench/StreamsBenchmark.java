package io.netgear.bench;

import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Do many streams at once hinder each other? The time is that of one frame, encoded and decoded, of
 * all streams together.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
public class StreamsBenchmark {
  /** How many. */
  @Param({"1", "4", "16"})
  public int streams;

  /** Most threads at work on a frame; 0 for as many as pay. */
  @Param({"1", "0"})
  public int threads;

  /** Width and height. */
  @Param("1920x1080")
  public String size;

  private Streams running;

  /** Loads the pictures and starts the streams. */
  @Setup
  public void open() {
    PictureSize dimensions = PictureSize.parse(size);
    running =
        Streams.coding(
            streams, Footage.frames(dimensions, PixelFormat.BGR), Jpeg.defaults().threads(threads));
    System.out.printf("# %s: %s%n", size, Footage.describe(dimensions));
  }

  /** Frames of all streams. */
  @Benchmark
  @OperationsPerInvocation(Streams.BLOCK)
  public void frames() {
    running.run();
  }

  /** Ends the streams. */
  @TearDown
  public void close() {
    running.close();
  }
}
