package io.netgear.video.javacv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.stream.LongStream;

/**
 * Whether a file is as long as its kind has to be, for kinds whose length FFmpeg takes as it is.
 */
final class WholeFile {
  private static final int RIFF = 'R' | 'I' << 8 | 'F' << 16 | 'F' << 24;
  private static final int HEADER_BYTES = 8;
  private static final long NOT_KNOWN = 0xffff_ffffL; // written to a pipe, or never finished

  private WholeFile() {}

  /**
   * What is missing at the end of {@code file}, as part of a sentence; null if nothing is known to
   * be.
   *
   * @param kind FFmpeg's name of the container
   */
  static String missing(Path file, String kind) {
    try (FileChannel channel = FileChannel.open(file)) {
      return switch (kind) {
        case "avi" -> missingOfRiff(channel);
        case "mpegts" -> missingOfPackets(channel.size());
        default -> null;
      };
    } catch (IOException e) {
      throw new VideoException("Reading '" + file + "' failed: " + Descriptions.reason(e) + ".", e);
    }
  }

  /** One or, beyond a gigabyte, several chunks 'RIFF', each with its size. */
  private static String missingOfRiff(FileChannel channel) throws IOException {
    long size = channel.size();
    long at = 0;
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (read(channel, header.clear(), at) && header.getInt(0) == RIFF) {
      long content = Integer.toUnsignedLong(header.getInt(4));
      if (content == 0 || content == NOT_KNOWN) {
        return null;
      }
      at += HEADER_BYTES + content;
      if (at > size) {
        return (at - size) + " of its " + at + " bytes are missing";
      }
      at += content & 1;
    }
    return null;
  }

  /** Plain ones, with the time before each, or with a checksum behind. */
  private static String missingOfPackets(long size) {
    boolean whole = LongStream.of(188, 192, 204).anyMatch(packet -> size % packet == 0);
    return whole ? null : "its " + size + " bytes end within a packet";
  }

  private static boolean read(FileChannel channel, ByteBuffer header, long at) throws IOException {
    while (header.hasRemaining()) {
      if (channel.read(header, at + header.position()) < 0) {
        return false;
      }
    }
    return true;
  }
}
