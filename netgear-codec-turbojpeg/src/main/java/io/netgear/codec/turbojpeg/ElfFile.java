package io.netgear.codec.turbojpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Tells a shared library of Linux that is cut off from a whole one. Linux maps what the headers of
 * such a file promise, and the first touch of what is not there ends the process with a SIGBUS.
 */
final class ElfFile {
  private static final int MAGIC = 0x7F454C46;
  private static final int HEADER_BYTES = 64;
  private static final int HEADER_BYTES_32 = 52;
  private static final int CLASS_AT = 4;
  private static final int DATA_AT = 5;

  private final FileChannel file;
  private final long size;
  private final boolean wide;
  private final ByteOrder order;

  private ElfFile(FileChannel file, ByteBuffer header) throws IOException {
    this.file = file;
    this.size = file.size();
    this.wide = header.get(CLASS_AT) == 2;
    this.order = header.get(DATA_AT) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /**
   * Looks at the headers alone. A file that is no ELF passes: to refuse it is the system's part.
   *
   * @throws IOException if what the headers describe does not fit into the file
   */
  static void requireWhole(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
      read(file, header, 0);
      if (header.limit() < Integer.BYTES || header.getInt(0) != MAGIC) {
        return;
      }
      if (header.limit() < HEADER_BYTES_32) {
        throw cutOff("its header", HEADER_BYTES_32, header.limit());
      }
      new ElfFile(file, header).requireWhole(header);
    }
  }

  private void requireWhole(ByteBuffer header) throws IOException {
    header.order(order);
    long programs = wide ? longAt(header, 32) : intAt(header, 28);
    long sections = wide ? longAt(header, 40) : intAt(header, 32);
    int programBytes = shortAt(header, wide ? 54 : 42);
    int programCount = shortAt(header, wide ? 56 : 44);
    int sectionBytes = shortAt(header, wide ? 58 : 46);
    int sectionCount = shortAt(header, wide ? 60 : 48);
    requireWithin("its program headers", programs, (long) programBytes * programCount);
    requireWithin("its section headers", sections, (long) sectionBytes * sectionCount);
    if (programBytes < (wide ? 40 : 20)) {
      return; // nothing that the system would map
    }
    ByteBuffer program = ByteBuffer.allocate(wide ? 40 : 20).order(order);
    for (int i = 0; i < programCount; i++) {
      read(file, program.clear(), programs + (long) i * programBytes);
      requireWithin(
          "segment " + i,
          wide ? longAt(program, 8) : intAt(program, 4),
          wide ? longAt(program, 32) : intAt(program, 16));
    }
  }

  private void requireWithin(String what, long from, long bytes) throws IOException {
    if (from < 0 || bytes < 0 || from > size - bytes) {
      throw cutOff(what, from + bytes, size);
    }
  }

  private static IOException cutOff(String what, long end, long size) {
    return new IOException(
        "the file is cut off: "
            + what
            + " would end at byte "
            + Long.toUnsignedString(end)
            + ", it has "
            + size
            + " bytes; copy or build it again");
  }

  private static void read(FileChannel file, ByteBuffer into, long position) throws IOException {
    while (into.hasRemaining() && file.read(into, position + into.position()) > 0) {
      // until it is full or the file at its end
    }
    into.flip();
  }

  private static long longAt(ByteBuffer bytes, int at) throws IOException {
    require(bytes, at + Long.BYTES);
    return bytes.getLong(at);
  }

  private static long intAt(ByteBuffer bytes, int at) throws IOException {
    require(bytes, at + Integer.BYTES);
    return Integer.toUnsignedLong(bytes.getInt(at));
  }

  private static int shortAt(ByteBuffer bytes, int at) throws IOException {
    require(bytes, at + Short.BYTES);
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private static void require(ByteBuffer bytes, int end) throws IOException {
    if (bytes.limit() < end) {
      throw cutOff("a header", end, bytes.limit());
    }
  }
}
