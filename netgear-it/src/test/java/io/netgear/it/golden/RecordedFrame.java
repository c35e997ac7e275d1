package io.netgear.it.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.ElementType;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.video.javacv.TestPattern;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A frame of a recorded conversation: an array, or a picture of the test pattern.
 *
 * @param number of the picture; -1 for an array
 */
record RecordedFrame(Frame frame, long number, byte[] payload) {

  /** From a frame's header, or from an answer's where {@code prefix} is {@code array_}. */
  static RecordedFrame of(Map<String, Object> header, byte[] payload, String prefix) {
    if (header.get("compression") instanceof Map<?, ?> how) {
      return jpeg(PixelFormat.valueOf((String) how.get("colorspace")), payload);
    }
    List<?> shape = (List<?>) header.get(prefix + "shape");
    FrameFormat format =
        FrameFormat.array(
            ElementType.ofNumpy((String) header.get(prefix + "dtype")).orElseThrow(),
            shape.stream().mapToInt(size -> ((Long) size).intValue()).toArray());
    return new RecordedFrame(Frame.copyOf(format, payload), -1, payload);
  }

  private static RecordedFrame jpeg(PixelFormat space, byte[] payload) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(payload))) {
      reader.setInput(in);
      Raster first = reader.readRaster(0, null);
      int number = 0;
      for (int block = 0; block < 16; block++) {
        number |= first.getSample(16 * block + 8, 8, 0) > 127 ? 1 << block : 0;
      }
      Frame frame = Frame.allocate(FrameFormat.of(first.getWidth(), first.getHeight(), space));
      TestPattern.fill(frame, number);
      return new RecordedFrame(frame, number, payload);
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      reader.dispose();
    }
  }

  boolean isJpeg() {
    return number >= 0;
  }

  /** Whether {@code received} shows this, byte for byte unless it went through JPEG. */
  boolean isShownBy(Frame received) {
    if (isJpeg()) {
      return received.format().equals(frame.format())
          && TestPattern.number(received).orElse(-1) == number
          && TestPattern.compare(received, number).psnr() > 30;
    }
    byte[] bytes = new byte[received.format().byteSize()];
    received.pixels().get(0, bytes);
    return received.format().elementType() == frame.format().elementType()
        && received.format().dimensions() == frame.format().dimensions()
        && received.format().rows() == frame.format().rows()
        && Arrays.equals(bytes, payload);
  }

  /**
   * Our payload is the recorded one: the same bytes uncompressed; as JPEG, which encoders may write
   * differently, the same quality and sampling.
   */
  void assertSamePayload(byte[] ours) {
    if (isJpeg()) {
      assertThat(components(ours)).isEqualTo(components(payload));
    } else {
      assertThat(ours).isEqualTo(payload);
    }
  }

  /** Sampling and quantisation table of each component. */
  private static List<String> components(byte[] jpeg) {
    byte[][] tables = new byte[4][];
    for (int at = 2; at + 4 < jpeg.length; at += 2 + length(jpeg, at)) {
      int marker = jpeg[at + 1] & 255;
      if (marker == 0xDB) {
        for (int table = at + 4; table < at + 2 + length(jpeg, at); table += 65) {
          tables[jpeg[table] & 3] = Arrays.copyOfRange(jpeg, table + 1, table + 65);
        }
      } else if (marker == 0xC0) {
        List<String> components = new ArrayList<>();
        int count = jpeg[at + 9];
        for (int i = 0; i < count; i++) {
          int component = at + 10 + 3 * i;
          // Of a single component the factors mean nothing.
          int factors = count == 1 ? 0x11 : jpeg[component + 1];
          components.add(
              Integer.toHexString(factors) + Arrays.toString(tables[jpeg[component + 2]]));
        }
        return components;
      }
    }
    throw new AssertionError("a JPEG without a baseline frame header");
  }

  private static int length(byte[] jpeg, int at) {
    return (jpeg[at + 2] & 255) << 8 | jpeg[at + 3] & 255;
  }
}
