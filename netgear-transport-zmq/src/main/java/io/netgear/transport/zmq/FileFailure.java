package io.netgear.transport.zmq;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Words for what goes wrong with files of keys. */
final class FileFailure {
  private FileFailure() {}

  /** Why a file could not be used, without the names of Java's types. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return "there is no '" + missing.getFile() + "'";
    }
    if (e instanceof AccessDeniedException denied) {
      return "this user may not use '" + denied.getFile() + "'";
    }
    if (e instanceof FileAlreadyExistsException there) {
      return "'" + there.getFile() + "' is there already, as something else";
    }
    if (e instanceof FileSystemException failed && failed.getReason() != null) {
      return "'" + failed.getFile() + "': " + failed.getReason();
    }
    return e.getMessage() == null ? "input or output failed" : e.getMessage();
  }
}
