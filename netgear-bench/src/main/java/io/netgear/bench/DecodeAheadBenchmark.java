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
 * What is saved where waiting frames are decoded side by side? The time is that of one of several
 * frames that are sent, encoded before, and then received.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
public class DecodeAheadBenchmark {
  /** Frames that the receiver decodes before they are asked for. */
  @Param({"0", "1", "2", "4"})
  public int decodeAhead;

  /** Whether the JPEGs have restart markers, so that several threads can share one. */
  @Param("false")
  public boolean restartMarkers;

  /** Who moves messages. */
  @Param("zmq")
  public String transport;

  /** Width and height. */
  @Param("1920x1080")
  public String size;

  private WaitingFrames waiting;

  /** Encodes the pictures and connects both ends. */
  @Setup
  public void open() {
    PictureSize dimensions = PictureSize.parse(size);
    waiting =
        new WaitingFrames(
            transport,
            Footage.frames(dimensions, PixelFormat.BGR),
            Jpeg.defaults().threads(restartMarkers ? 0 : 1),
            decodeAhead);
    System.out.printf("# %s: %s%n", size, Footage.describe(dimensions));
  }

  /** Frames there, and out of the receiver. */
  @Benchmark
  @OperationsPerInvocation(WaitingFrames.BLOCK)
  public long frames() {
    return waiting.run();
  }

  /** Closes both ends. */
  @TearDown
  public void close() {
    waiting.close();
  }
}
