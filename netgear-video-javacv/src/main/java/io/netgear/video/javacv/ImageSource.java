package io.netgear.video.javacv;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Pictures, one after the other, read by Java's own decoders as BGR. Alpha is left out. */
final class ImageSource implements FrameSource {
  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff");

  private final String name;
  private final List<Path> files;
  private final boolean loop;
  private int index;
  private FrameFormat format;
  private Optional<Frame> frame;
  private boolean ahead;
  private volatile boolean closed;

  private ImageSource(String name, List<Path> files, boolean loop) {
    this.name = name;
    this.files = files;
    this.loop = loop;
    this.frame = read();
    this.ahead = true;
  }

  static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  static ImageSource ofFile(Path file, boolean loop) {
    return new ImageSource(file.toString(), List.of(file), loop);
  }

  static ImageSource ofFolder(Path folder, boolean loop) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> pictures =
          entries
              .filter(ImageSource::isPicture)
              .filter(Files::isRegularFile)
              .sorted(Comparator.comparing(p -> p.getFileName().toString(), new NaturalOrder()))
              .toList();
      if (pictures.isEmpty()) {
        throw new VideoException(
            "The folder '"
                + folder
                + "' has no pictures: expected files that end in one of "
                + ENDINGS.stream().sorted().toList()
                + ".");
      }
      return new ImageSource(folder.toString(), pictures, loop);
    } catch (IOException e) {
      throw new VideoException(
          "The folder '" + folder + "' cannot be read: " + Descriptions.reason(e) + ".", e);
    }
  }

  @Override
  public Optional<Frame> next() {
    if (closed) {
      return Optional.empty();
    }
    if (ahead) {
      ahead = false;
      return frame;
    }
    if (index == files.size() && !loop) {
      return Optional.empty();
    }
    return read();
  }

  private Optional<Frame> read() {
    index = index == files.size() ? 0 : index;
    Path file = files.get(index++);
    BufferedImage image = decode(file);
    FrameFormat found = FrameFormat.of(image.getWidth(), image.getHeight(), PixelFormat.BGR);
    if (!found.equals(format)) {
      format = found;
      frame = Optional.of(Frame.allocate(found));
    }
    ImageFrames.copy(image, frame.orElseThrow());
    return frame;
  }

  private static BufferedImage decode(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image != null) {
        return image;
      }
    } catch (IOException | RuntimeException e) {
      // the JDK's decoders answer broken files with all sorts of unchecked exceptions
      throw new VideoException(
          "The picture '" + file + "' cannot be decoded: " + e.getMessage() + ".", e);
    }
    throw new VideoException("The file '" + file + "' is not a picture that Java can decode.");
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  @Override
  public OptionalDouble framesPerSecond() {
    return OptionalDouble.empty();
  }

  @Override
  public String description() {
    String count = files.size() == 1 ? "" : " (" + files.size() + " pictures)";
    return Descriptions.of(name + count, format, framesPerSecond());
  }

  @Override
  public void close() {
    closed = true;
  }
}
