package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.video.javacv.ColorConversion;
import io.netgear.video.javacv.FrameSource;
import io.netgear.video.javacv.FrameSources;
import io.netgear.video.javacv.SourceOptions;
import io.netgear.video.javacv.TestPattern;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pictures that are measured: of the source that {@code netgear.bench.source} names; else real
 * footage from the folder {@code netgear.data} names, scaled where no clip has the size; where that
 * folder is absent, a moving pattern with noise that makes JPEGs of about the same length.
 */
final class Footage {
  /** Several, so that no branch predictor learns one picture by heart. */
  static final int FRAMES = 3;

  /** What {@code netgear send --source} takes. */
  static final String SOURCE_PROPERTY = "netgear.bench.source";

  /** Gives the street's 0.17 bytes of JPEG for a pixel at quality 90 and 4:2:2. */
  private static final int NOISE = 9;

  private static final PictureSize FULL_HD = new PictureSize(1920, 1080);
  private static final PictureSize ULTRA_HD = new PictureSize(3840, 2160);

  /** Changed rows begin and end where a strip of any plan may. */
  private static final int MCU_ROWS = 16;

  private static final Map<String, List<Frame>> BGR = new ConcurrentHashMap<>();

  private Footage() {}

  /** {@link #FRAMES} packed pictures, in memory of their own. */
  static List<Frame> frames(PictureSize size, PixelFormat pixels) {
    var conversion = new ColorConversion(PixelFormat.BGR, pixels);
    return originals(size).stream().map(conversion::convert).toList();
  }

  /**
   * {@link #FRAMES} BGR pictures of which each, the first after the last too, has {@code percent}
   * of its rows in common with the one before: all but the uppermost.
   */
  static List<Frame> partlyUnchanged(PictureSize size, int percent) {
    List<Frame> originals = originals(size);
    Frame first = originals.get(0);
    double changed = size.height() * (100 - percent) / 100.0;
    int rows = (int) Math.min(size.height(), MCU_ROWS * Math.round(changed / MCU_ROWS));
    List<Frame> frames = new ArrayList<>();
    for (Frame original : originals) {
      Frame frame = first.copy();
      frame.pixels().put(0, original.pixels(), 0, rows * first.format().stride());
      frames.add(frame);
    }
    return frames;
  }

  /** Where pictures of this size come from, for the report. */
  static String describe(PictureSize size) {
    if (given() != null) {
      return given();
    }
    Path folder = folder(size);
    return Files.isDirectory(folder)
        ? "real footage, " + folder.getFileName() + (size.equals(ULTRA_HD) ? ", four times" : "")
        : "synthetic pictures, for there is no folder " + folder;
  }

  /**
   * Percent of the rows that are as in the picture before, the first's before being the last:
   * nothing for what moves, all for a picture that stands still.
   */
  static int percentUnchanged(PictureSize size) {
    List<Frame> pictures = originals(size);
    int stride = pictures.get(0).format().stride();
    int same = 0;
    for (int k = 0; k < pictures.size(); k++) {
      ByteBuffer picture = pictures.get(k).pixels();
      ByteBuffer before = pictures.get((k + pictures.size() - 1) % pictures.size()).pixels();
      for (int y = 0; y < size.height(); y++) {
        same += picture.slice(y * stride, stride).equals(before.slice(y * stride, stride)) ? 1 : 0;
      }
    }
    return 100 * same / (pictures.size() * size.height());
  }

  private static String given() {
    return System.getProperty(SOURCE_PROPERTY);
  }

  private static List<Frame> originals(PictureSize size) {
    return BGR.computeIfAbsent(size.toString(), key -> load(size));
  }

  private static List<Frame> load(PictureSize size) {
    if (given() != null) {
      return from(given(), size);
    }
    Path folder = folder(size);
    if (!Files.isDirectory(folder)) {
      return synthetic(size);
    }
    // Enlarging would make them smoother than a camera's: four side by side instead.
    return size.equals(ULTRA_HD)
        ? from(folder.toString(), FULL_HD).stream().map(Footage::fourTimes).toList()
        : from(folder.toString(), size);
  }

  private static Path folder(PictureSize size) {
    Path data = Path.of(System.getProperty("netgear.data", "../shared/data"));
    String clip = size.height() == 720 ? "flower-720p-frames" : "street-1080p-frames";
    return data.resolve(clip).normalize();
  }

  private static List<Frame> from(String spec, PictureSize size) {
    List<Frame> frames = new ArrayList<>();
    SourceOptions options = SourceOptions.defaults().size(size.width(), size.height()).loop(true);
    try (FrameSource source = FrameSources.open(spec, options)) {
      while (frames.size() < FRAMES) {
        frames.add(source.next().orElseThrow().copy());
      }
    }
    return frames;
  }

  private static Frame fourTimes(Frame frame) {
    FrameFormat format = frame.format();
    FrameFormat twice = FrameFormat.of(2 * format.width(), 2 * format.height(), PixelFormat.BGR);
    Frame large = Frame.allocate(twice);
    int row = format.rowBytes();
    for (int y = 0; y < twice.height(); y++) {
      int from = y % format.height() * format.stride();
      large.pixels().put(y * twice.stride(), frame.pixels(), from, row);
      large.pixels().put(y * twice.stride() + row, frame.pixels(), from, row);
    }
    return large;
  }

  private static List<Frame> synthetic(PictureSize size) {
    List<Frame> frames = new ArrayList<>();
    FrameFormat format = FrameFormat.of(size.width(), size.height(), PixelFormat.BGR);
    Random random = new Random(1);
    for (int k = 0; k < FRAMES; k++) {
      Frame frame = Frame.allocate(format);
      TestPattern.fill(frame, k);
      addNoise(frame.pixels(), format.byteSize(), random);
      frames.add(frame);
    }
    return frames;
  }

  /** The same for the three channels of a pixel: cameras are noisier in luma than in colour. */
  private static void addNoise(ByteBuffer pixels, int bytes, Random random) {
    for (int pixel = 0; pixel < bytes; pixel += 3) {
      int noise = random.nextInt(NOISE) - NOISE / 2;
      for (int i = pixel; i < pixel + 3; i++) {
        pixels.put(i, (byte) Math.max(0, Math.min(255, (pixels.get(i) & 255) + noise)));
      }
    }
  }
}
