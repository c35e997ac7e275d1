package io.netgear.video.javacv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Changes the frame rate of a finished AVI: two fields of its headers, which writers can only guess
 * before the last frame has come. An AVI's index counts frames, not time, so it stays right.
 */
final class AviRate {
  private static final int HEADER_BYTES = 512;
  private static final int MICROS_PER_FRAME_AT = 32; // of the main header, at a fixed place
  private static final int SCALE_IN_STREAM_HEADER = 28; // from the start of the chunk 'strh'
  private static final int SCALE = 1_000;

  private AviRate() {}

  static void set(Path file, double framesPerSecond) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      while (header.hasRemaining() && channel.read(header, header.position()) > 0) {
        // until the header is whole or the file ends
      }
      int stream = new String(header.array(), StandardCharsets.ISO_8859_1).indexOf("strh");
      if (stream < 0 || stream + SCALE_IN_STREAM_HEADER + 8 > header.position()) {
        throw new IOException("no stream header in the first " + HEADER_BYTES + " bytes");
      }
      put(channel, MICROS_PER_FRAME_AT, (int) Math.round(1e6 / framesPerSecond));
      put(channel, stream + SCALE_IN_STREAM_HEADER, SCALE);
      put(
          channel,
          stream + SCALE_IN_STREAM_HEADER + 4,
          (int) Math.max(1, Math.round(framesPerSecond * SCALE)));
    } catch (IOException e) {
      throw new VideoException(
          "Cannot correct the frame rate of '" + file + "': " + Descriptions.reason(e) + ".", e);
    }
  }

  private static void put(FileChannel channel, long at, int value) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).flip();
    while (bytes.hasRemaining()) {
      channel.write(bytes, at + bytes.position());
    }
  }
}
