package io.netgear.transport.zmq;

import io.netgear.TransportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The text files that ZeroMQ's tools keep keys in, read as the Python NetGear reads them. */
final class KeyFile {
  private static final int MOST_BYTES = 64 << 10;
  private static final String PUBLIC = "public-key";
  private static final String SECRET = "secret-key";

  private KeyFile() {}

  /**
   * The public key in {@code file}.
   *
   * @throws TransportException if there is none
   */
  static CurveKey readPublic(Path file) {
    String text = value(file, PUBLIC).orElseThrow(() -> holdsNo(file, PUBLIC));
    return CurveKey.of(text).orElseThrow(() -> holdsNo(file, PUBLIC));
  }

  /**
   * The pair in {@code file}.
   *
   * @throws TransportException if there is none, or its halves do not belong together
   */
  static CurveKeyPair readPair(Path file) {
    byte[] secret =
        value(file, SECRET)
            .flatMap(Z85::decode)
            .filter(bytes -> bytes.length == CurveKey.BYTES)
            .orElseThrow(() -> holdsNo(file, SECRET));
    CurveKeyPair pair = CurveKeyPair.of(secret);
    Optional<String> stated = value(file, PUBLIC);
    if (stated.isPresent() && !stated.get().equals(pair.open().text())) {
      throw new TransportException(
          "Key file "
              + file
              + " says that its public key is "
              + stated.get()
              + ", but its secret key belongs to "
              + pair.open().text()
              + ": put the right file there, or remove it and make new keys with 'netgear keys make'.");
    }
    return pair;
  }

  private static TransportException holdsNo(Path file, String what) {
    return new TransportException(
        "Key file "
            + file
            + " has no line '"
            + what
            + " = \"...\"' with 40 characters of Z85: copy it again, or make new keys with 'netgear keys make'.");
  }

  /** The first line that starts with {@code name}, split at the first {@code =}. */
  private static Optional<String> value(Path file, String name) {
    return text(file)
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(name) && line.indexOf('=') > 0)
        .map(line -> unquoted(line.substring(line.indexOf('=') + 1)))
        .findFirst();
  }

  private static String unquoted(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isWrapping(text.charAt(from))) {
      from++;
    }
    while (to > from && isWrapping(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isWrapping(char c) {
    return c == '"' || c == '\'' || Character.isWhitespace(c);
  }

  private static String text(Path file) {
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw new TransportException(
            "Key file " + file + " has " + size + " bytes; a key file has some hundred.");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new TransportException(
          "Key file " + file + " is missing: 'netgear keys list' tells which are needed.", e);
    } catch (IOException e) {
      throw new TransportException(
          "Cannot read key file " + file + ": " + FileFailure.reason(e) + ".", e);
    }
  }

  /** Puts a public key there as a whole, over what was there. */
  static void writePublic(Path file, CurveKey key) throws IOException {
    String text =
        """
        # ZeroMQ CURVE certificate, public half, made by NetGear.
        # May be copied to every machine whose programs exchange frames with this one's.

        metadata
        curve
            public-key = "%s"
        """
            .formatted(key.text());
    write(file, text, Ownership.EVERYONE_READS);
  }

  /** Puts a pair there as a whole, readable by its owner alone from the first byte on. */
  static void writePair(Path file, CurveKeyPair pair) throws IOException {
    String text =
        """
        # ZeroMQ CURVE certificate, both halves, made by NetGear.
        # SECRET: stays on this machine, readable by its owner alone.

        metadata
        curve
            public-key = "%s"
            secret-key = "%s"
        """
            .formatted(pair.open().text(), Z85.encode(pair.secret()));
    write(file, text, Ownership.OWNER_ALONE);
  }

  private static void write(Path file, String text, Ownership ownership) throws IOException {
    Path whole = ownership.newFile(file.getParent());
    try {
      try (FileChannel out = FileChannel.open(whole, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
