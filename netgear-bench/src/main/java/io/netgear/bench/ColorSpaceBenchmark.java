package io.netgear.bench;

import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What does a colour space cost? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class ColorSpaceBenchmark {
  /** Which way. */
  @Param public Work work;

  /** The byte order of the pixels. */
  @Param public PixelFormat pixels;

  /** Width and height. */
  @Param("1920x1080")
  public String size;

  private Work.Step step;
  private int next;

  /** Loads the pictures. */
  @Setup
  public void open() {
    PictureSize dimensions = PictureSize.parse(size);
    step = work.over(Footage.frames(dimensions, pixels), Jpeg.defaults().threads(1));
    System.out.printf("# %s: %s%n", size, Footage.describe(dimensions));
  }

  /** One frame after the other. */
  @Benchmark
  public void frame() {
    step.run(next++ & Integer.MAX_VALUE);
  }

  /** Frees the encoder or decoder. */
  @TearDown
  public void close() {
    step.close();
  }
}
