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
 * The pictures that are measured: real footage from the folder {@code netgear.data} names, scaled
 * where no clip has the size; where that folder is absent, a moving pattern with noise that makes
 * JPEGs of about the same length.
 */
final class Footage {
  /** Several, so that no branch predictor learns one picture by heart. */
  static final int FRAMES = 3;

  /** Gives the street's 0.17 bytes of JPEG for a pixel at quality 90 and 4:2:2. */
  private static final int NOISE = 9;

  private static final Map<String, List<Frame>> BGR = new ConcurrentHashMap<>();

  private Footage() {}

  /** {@link #FRAMES} packed pictures, in memory of their own. */
  static List<Frame> frames(PictureSize size, PixelFormat pixels) {
    List<Frame> originals = BGR.computeIfAbsent(size.toString(), key -> load(size));
    var conversion = new ColorConversion(PixelFormat.BGR, pixels);
    return originals.stream().map(conversion::convert).toList();
  }

  /** Where pictures of this size come from, for the report. */
  static String describe(PictureSize size) {
    Path folder = folder(size);
    return Files.isDirectory(folder)
        ? "real footage, " + folder.getFileName()
        : "synthetic pictures, for there is no folder " + folder;
  }

  private static List<Frame> load(PictureSize size) {
    Path folder = folder(size);
    return Files.isDirectory(folder) ? real(folder, size) : synthetic(size);
  }

  private static Path folder(PictureSize size) {
    Path data = Path.of(System.getProperty("netgear.data", "../shared/data"));
    String clip = size.height() == 720 ? "flower-720p-frames" : "street-1080p-frames";
    return data.resolve(clip).normalize();
  }

  private static List<Frame> real(Path folder, PictureSize size) {
    List<Frame> frames = new ArrayList<>();
    SourceOptions options = SourceOptions.defaults().size(size.width(), size.height()).loop(true);
    try (FrameSource source = FrameSources.open(folder.toString(), options)) {
      while (frames.size() < FRAMES) {
        frames.add(source.next().orElseThrow().copy());
      }
    }
    return frames;
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
