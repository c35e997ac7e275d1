package io.netgear.video.javacv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file for each frame, numbered after the highest that is there. It is written under another name
 * and gets its own when it is whole.
 */
final class FolderSink implements JpegRecorder.Sink {
  private static final Pattern NAME = Pattern.compile("frame-(\\d{6,18})\\.jpg");

  private final Path folder;
  private long last;

  FolderSink(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      try (Stream<Path> entries = Files.list(folder)) {
        last = entries.mapToLong(FolderSink::number).max().orElse(0);
      }
    } catch (IOException e) {
      throw new VideoException(
          "Cannot record to the folder '" + folder + "': " + Descriptions.reason(e) + ".", e);
    }
  }

  private static long number(Path file) {
    Matcher matcher = NAME.matcher(file.getFileName().toString());
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }

  @Override
  public void write(ByteBuffer jpeg, Instant at) {
    JpegSize unused = JpegSize.of(jpeg); // only whole pictures get a file
    Path file = folder.resolve(String.format("frame-%06d.jpg", last + 1));
    Path part = folder.resolve(file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      write(jpeg, part);
      Files.move(part, file);
      last++;
    } catch (IOException e) {
      remove(part, e);
      throw new VideoException("Cannot write '" + file + "': " + Descriptions.reason(e) + ".", e);
    }
  }

  private static void write(ByteBuffer jpeg, Path part) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (jpeg.hasRemaining()) {
        channel.write(jpeg);
      }
    }
  }

  private static void remove(Path part, IOException because) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  @Override
  public void close() {}
}
