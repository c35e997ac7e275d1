package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.Receipt;
import io.netgear.ReceivedFrame;
import io.netgear.SenderBuilder;
import java.time.Duration;
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
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Who moves messages. */
  @Param("zmq")
  public String transport;

  /** Where the receiver binds; {@code ipc:///tmp/netgear-bench:0} with netty alone. */
  @Param("tcp://127.0.0.1:0")
  public String address;

  /** What is said about a frame. */
  @Param("request-reply")
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

  private List<Frame> frames;
  private FrameReceiver receiver;
  private FrameSender sender;
  private int next;

  /** Connects both ends. */
  @Setup
  public void open() {
    PictureSize dimensions = PictureSize.parse(size);
    frames = Footage.frames(dimensions, pixels);
    receiver = NetGear.receiver(address).transport(transport).pattern(pattern).open();
    SenderBuilder builder =
        NetGear.sender(receiver.addresses().get(0).toString())
            .transport(transport)
            .pattern(pattern);
    sender = (compressed ? builder : builder.uncompressed()).open();
    System.out.printf("# %s of %s: %s%n", size, pixels, Footage.describe(dimensions));
  }

  /** One frame there, before the next one leaves. */
  @Benchmark
  public long sendAndReceive() {
    next = (next + 1) % Footage.FRAMES;
    Receipt receipt = sender.send(frames.get(next));
    try (ReceivedFrame received = receiver.recv(LIMIT).orElseThrow()) {
      if (received.sequence() != receipt.sequence()) {
        throw new IllegalStateException(
            "Frame " + receipt.sequence() + " was sent, " + received.sequence() + " arrived.");
      }
      return received.sequence();
    }
  }

  /** Closes both ends. */
  @TearDown
  public void close() {
    sender.close();
    receiver.close();
  }
}
