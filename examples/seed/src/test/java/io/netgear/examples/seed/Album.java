package io.netgear.examples.seed;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what would be shown, for a look at it afterwards. */
final class Album implements Output {
  private final List<Frame> frames = new ArrayList<>();
  private final List<Object> messages = new ArrayList<>();

  @Override
  public void show(Frame frame, Object message) {
    frames.add(frame.copy());
    messages.add(message);
  }

  List<Frame> frames() {
    return frames;
  }

  List<Object> messages() {
    return messages;
  }

  /** Every frame is the clip's, frame by frame, but for what compression takes. */
  void requireFramesOf(Clip clip, double leastPsnr) {
    int number = 0;
    for (Optional<Frame> original = clip.next(); original.isPresent(); original = clip.next()) {
      assertThat(frames).as("frames").hasSizeGreaterThan(number);
      Frame shown = frames.get(number);
      assertThat(shown.format()).isEqualTo(original.get().format().packed());
      assertThat(psnr(original.get(), shown))
          .as("decibels of frame %d against the original", number)
          .isGreaterThan(leastPsnr);
      number++;
    }
    assertThat(frames).hasSize(number);
  }

  private static double psnr(Frame one, Frame other) {
    FrameFormat format = one.format();
    byte[] expected = new byte[format.rowBytes()];
    byte[] actual = new byte[format.rowBytes()];
    long squares = 0;
    for (int y = 0; y < format.height(); y++) {
      one.pixels().get(y * format.stride(), expected);
      other.pixels().get(y * other.format().stride(), actual);
      for (int i = 0; i < expected.length; i++) {
        long difference = (expected[i] & 255) - (actual[i] & 255);
        squares += difference * difference;
      }
    }
    return 10 * Math.log10(255.0 * 255.0 * format.packedSize() / Math.max(1, squares));
  }

  @Override
  public boolean isClosed() {
    return false;
  }

  @Override
  public void close() {
    // Holds nothing but copies.
  }
}
