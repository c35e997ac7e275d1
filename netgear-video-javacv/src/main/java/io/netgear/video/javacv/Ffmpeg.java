package io.netgear.video.javacv;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's libraries as a whole: loading them, and wording what they answer. */
final class Ffmpeg {
  private static final Pattern NUMBERED = Pattern.compile("error (-\\d+)");
  private static final int MESSAGE_BYTES = 256;

  private Ffmpeg() {}

  /**
   * Loads the libraries and silences their log, once for the process: what goes wrong is thrown.
   *
   * @throws VideoException if they are not there for this machine
   */
  static void load() {
    try {
      String unused = Loader.load(avutil.class);
    } catch (LinkageError | RuntimeException e) {
      throw new VideoException(
          "FFmpeg's native libraries cannot be loaded for "
              + Loader.getPlatform()
              + ": add org.bytedeco:ffmpeg and org.bytedeco:javacpp with that classifier ("
              + e.getMessage()
              + ").",
          e);
    }
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  /**
   * Loads the library that cameras need besides.
   *
   * @throws VideoException if it, or a system library that it needs, is not there
   */
  static void loadDevices() {
    load();
    try {
      String unused = Loader.load(avdevice.class);
    } catch (LinkageError | RuntimeException e) {
      throw new VideoException(
          "FFmpeg's library for cameras cannot be loaded; on Linux it needs libpulse.so.0 (Debian:"
              + " apt install libpulse0).",
          e);
    }
  }

  /** Why a call failed, as FFmpeg words it: {@code Connection refused}. */
  static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    Matcher matcher = NUMBERED.matcher(message);
    return matcher.find()
        ? reason(Integer.parseInt(matcher.group(1)))
        : message.replaceFirst("\\(For more details.*", "").strip().replaceFirst("[.]$", "");
  }

  /** What an error number of FFmpeg means. */
  static String reason(int error) {
    byte[] text = new byte[MESSAGE_BYTES];
    int unused = avutil.av_strerror(error, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }
}
