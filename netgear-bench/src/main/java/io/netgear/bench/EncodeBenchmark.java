package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import java.io.IOException;
import java.util.List;
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

/** How long does it take to make a JPEG of a frame? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class EncodeBenchmark {
  /** Who encodes; those that are not here are left out, see {@link Main}. */
  @Param public JpegImplementation implementation;

  /** The byte order of the pixels. */
  @Param("BGR")
  public PixelFormat pixels;

  /** Width and height. */
  @Param({"640x480", "1280x720", "1920x1080", "3840x2160"})
  public String size;

  /** The colour resolution; without effect on GRAY. */
  @Param("S422")
  public Subsampling sampling;

  /** JPEG quality. */
  @Param("90")
  public int quality;

  /** Most threads at work on a frame; 0 for as many as pay. Without effect on the others. */
  @Param("1")
  public int threads;

  private JpegImplementation.Encoding encoding;
  private int next;

  /** Loads the pictures. */
  @Setup
  public void open() throws IOException {
    PictureSize dimensions = PictureSize.parse(size);
    List<Frame> frames = Footage.frames(dimensions, pixels);
    encoding =
        implementation.encoding(
            frames, Jpeg.defaults().quality(quality).subsampling(sampling).threads(threads));
    System.out.printf(
        "# %s of %s: %s; the first JPEG has %d bytes%n",
        size, pixels, Footage.describe(dimensions), encoding.encode(0));
  }

  /** One frame after the other. */
  @Benchmark
  public int encode() throws IOException {
    next = (next + 1) % Footage.FRAMES;
    return encoding.encode(next);
  }

  /** Frees the encoder. */
  @TearDown
  public void close() {
    encoding.close();
  }
}
