package io.netgear.video.javacv;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** An AVI, and another one each time that the pictures' size changes. */
final class AviSink implements JpegRecorder.Sink {
  private final Path target;
  private final double rate;
  private final boolean guessed;
  private AviFile file;
  private JpegSize size;
  private TimeLine timeLine;
  private int part = 1;
  private ByteBuffer direct = ByteBuffer.allocateDirect(0);

  /**
   * Opens no file yet.
   *
   * @param guessed whether the rate is put right at the end if frames came faster
   */
  AviSink(Path target, double rate, boolean guessed) {
    this.target = target;
    this.rate = rate;
    this.guessed = guessed;
    Ffmpeg.load();
  }

  @Override
  public void write(ByteBuffer jpeg, Instant at) {
    JpegSize found = JpegSize.of(jpeg);
    if (file == null || !found.equals(size)) {
      close();
      file = AviFile.create(size == null ? target : nextPart(), found, rate);
      size = found;
      timeLine = new TimeLine(rate);
    }
    file.write(directly(jpeg), timeLine.tick(at));
  }

  private Path nextPart() {
    String name = target.getFileName().toString();
    int dot = name.lastIndexOf('.');
    Path path;
    do {
      part++;
      path = target.resolveSibling(name.substring(0, dot) + "-" + part + name.substring(dot));
    } while (Files.exists(path));
    return path;
  }

  private ByteBuffer directly(ByteBuffer jpeg) {
    if (jpeg.isDirect()) {
      return jpeg;
    }
    if (direct.capacity() < jpeg.remaining()) {
      direct = ByteBuffer.allocateDirect(jpeg.remaining() + jpeg.remaining() / 2);
    }
    return direct.clear().put(jpeg).flip();
  }

  @Override
  public void close() {
    if (file != null) {
      AviFile finished = file;
      file = null;
      finished.close();
      if (guessed) {
        timeLine.betterRate().ifPresent(better -> AviRate.set(finished.path(), better));
      }
    }
  }
}
