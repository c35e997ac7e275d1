package io.netgear.transport.zmq;

import io.netgear.TransportException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One key file as it is found.
 *
 * @param file where it is
 * @param secret whether it holds a secret key besides the public one
 * @param key the public key in it; empty when the file is not in order
 * @param permissions who may read it, as the file system says it
 * @param othersRead whether someone else than its owner could
 * @param trouble what is wrong, in words; empty when nothing is
 */
public record KeyEntry(
    Path file,
    boolean secret,
    Optional<CurveKey> key,
    String permissions,
    boolean othersRead,
    Optional<String> trouble) {
  static KeyEntry ofPublic(Path file) {
    return read(file, false);
  }

  static KeyEntry ofSecret(Path file) {
    return read(file, true);
  }

  private static KeyEntry read(Path file, boolean secret) {
    try {
      boolean others = Ownership.othersRead(file);
      String permissions = Ownership.describe(file);
      try {
        CurveKey key = secret ? KeyFile.readPair(file).open() : KeyFile.readPublic(file);
        Optional<String> trouble =
            secret && others
                ? Optional.of("others may read this secret key: chmod 600 " + file)
                : Optional.empty();
        return new KeyEntry(file, secret, Optional.of(key), permissions, others, trouble);
      } catch (TransportException e) {
        return new KeyEntry(
            file, secret, Optional.empty(), permissions, others, Optional.of(e.getMessage()));
      }
    } catch (IOException e) {
      return new KeyEntry(
          file, secret, Optional.empty(), "unknown", false, Optional.of(String.valueOf(e)));
    }
  }
}
