package io.netgear.bench;

import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import java.io.IOException;
import java.nio.ByteBuffer;
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

/**
 * How long does it take to turn a JPEG into pixels? All read the same JPEGs; GRAY reads gray ones.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class DecodeBenchmark {
  /** Who decodes; those that are not here are left out, see {@link Main}. */
  @Param public JpegImplementation implementation;

  /** The byte order of the pixels. */
  @Param("BGR")
  public PixelFormat pixels;

  /** Width and height. */
  @Param({"640x480", "1280x720", "1920x1080", "3840x2160"})
  public String size;

  /** The colour resolution of the JPEGs; without effect on GRAY. */
  @Param("S422")
  public Subsampling sampling;

  /** The quality of the JPEGs. */
  @Param("90")
  public int quality;

  /**
   * Most threads at work on a frame, in making the JPEGs too, so that they have restart markers; 0
   * for as many as pay. Without effect on the others.
   */
  @Param("1")
  public int threads;

  private JpegImplementation.Decoding decoding;
  private int next;

  /** Makes the JPEGs. */
  @Setup
  public void open() throws IOException {
    PictureSize dimensions = PictureSize.parse(size);
    Jpeg jpeg = Jpeg.defaults().quality(quality).subsampling(sampling).threads(threads);
    List<ByteBuffer> jpegs = TurboJpegEncoding.jpegs(Footage.frames(dimensions, pixels), jpeg);
    decoding = implementation.decoding(jpegs, dimensions, pixels, jpeg);
    System.out.printf(
        "# %s of %s: %s; the first JPEG has %d bytes%n",
        size, pixels, Footage.describe(dimensions), jpegs.get(0).remaining());
  }

  /** One JPEG after the other. */
  @Benchmark
  public Object decode() throws IOException {
    next = (next + 1) % Footage.FRAMES;
    return decoding.decode(next);
  }

  /** Frees the decoder. */
  @TearDown
  public void close() {
    decoding.close();
  }
}
