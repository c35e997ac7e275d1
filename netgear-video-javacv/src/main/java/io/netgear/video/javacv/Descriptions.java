package io.netgear.video.javacv;

import io.netgear.FrameFormat;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.OptionalDouble;

/** How sources are spoken of. */
final class Descriptions {
  private Descriptions() {}

  static String of(String name, FrameFormat format, OptionalDouble rate) {
    String size = name + ", " + format.width() + "x" + format.height();
    return rate.isEmpty() ? size : size + " at " + number(rate.getAsDouble()) + " frames/s";
  }

  static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
  }

  /** An address without the user's name and password. */
  static String withoutPassword(String url) {
    return url.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*://)[^/@]*@", "$1***@");
  }

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
