package io.netgear.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that {@code netgear doctor} looked at.
 *
 * @param check what was looked at, in one word
 * @param level how it is
 * @param found what was found
 * @param advice what to do about it; null for nothing
 */
record Finding(String check, Level level, String found, String advice) {
  /** How something is. */
  enum Level {
    OK,
    WARNING,
    PROBLEM;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(String check, String found) {
    return new Finding(check, Level.OK, found, null);
  }

  static Finding warning(String check, String found, String advice) {
    return new Finding(check, Level.WARNING, found, advice);
  }

  static Finding problem(String check, String found, String advice) {
    return new Finding(check, Level.PROBLEM, found, advice);
  }

  /** For people, in one line. */
  String line() {
    String line = level.label() + ": " + found + (advice == null ? "" : " - " + advice);
    return line.replaceAll("\\s*\\R\\s*", " ");
  }

  /** For programs. */
  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("check", check);
    map.put("level", level.label());
    map.put("found", found);
    map.put("do", advice);
    return map;
  }
}
