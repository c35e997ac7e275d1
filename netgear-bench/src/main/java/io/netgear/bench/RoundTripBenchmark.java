package io.netgear.bench;

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

/**
 * How long is a frame on its way, from the call of {@code send} to pixels at the receiver, over
 * loopback? Percentiles, since the mean hides what a viewer sees; the gc profiler counts the heap
 * of all threads, the transport's included.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class RoundTripBenchmark {
  /** Who moves messages. */
  @Param({"zmq", "netty"})
  public String transport;

  /**
   * Where the receiver binds; {@code ipc:///tmp/netgear-bench:0} and {@code tls://127.0.0.1:0} with
   * netty alone.
   */
  @Param(Loopback.TCP)
  public String address;

  /** What is said about a frame. */
  @Param({"request-reply", "pair", "publish-subscribe", "push-pull"})
  public String pattern;

  /** Whether the pixels travel as JPEG with the default settings, or as they are. */
  @Param({"true", "false"})
  public boolean compressed;

  /** The byte order of the pixels. */
  @Param("BGR")
  public PixelFormat pixels;

  /** Width and height. */
  @Param("1920x1080")
  public String size;

  private Loopback loopback;
  private int next;

  /** Connects both ends. */
  @Setup
  public void open() {
    PictureSize dimensions = PictureSize.parse(size);
    loopback =
        new Loopback(transport, address, pattern, compressed, Footage.frames(dimensions, pixels));
    System.out.printf("# %s of %s: %s%n", size, pixels, Footage.describe(dimensions));
  }

  /** One frame there, before the next one leaves. */
  @Benchmark
  public long sendAndReceive() {
    next = (next + 1) % Footage.FRAMES;
    return loopback.sendAndReceive(next);
  }

  /** Closes both ends. */
  @TearDown
  public void close() {
    loopback.close();
  }
}
