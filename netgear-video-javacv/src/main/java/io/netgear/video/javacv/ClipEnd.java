package io.netgear.video.javacv;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CAP_FRAME_THREADS;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_STREAM;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Tells a clip that is over from one that is cut off: FFmpeg ends both alike. What is there to
 * compare with depends on the container; MPEG-TS and raw H.264 announce nothing, but where they are
 * cut, the last picture is seldom whole, and decoders tell of pictures that are not: for certain if
 * they decode one at a time, else where they happen to know in time.
 *
 * <p>For one reading from start to end.
 */
final class ClipEnd {
  private static final Pattern CLOCK = Pattern.compile("(\\d{1,6}):(\\d\\d):(\\d\\d(?:\\.\\d+)?)");

  /** Pictures are decoded in another order than they are shown in, by at most so many. */
  private static final int MOST_REORDERED = 16;

  private final double tickSeconds;
  private final OptionalDouble announced;

  /** How much shorter is no shortage. */
  private final double tolerance;

  /** Whether a picture's flags are set by the time that it is there. */
  private final boolean toldInTime;

  private double reached = Double.NEGATIVE_INFINITY;
  private long pictures;
  private long damaged;
  private long firstDamaged;
  private long lastDamaged;

  /**
   * What is announced in {@code container} for {@code video}, one of its streams.
   *
   * @param oneAtATime whether the decoder was told to decode no frames beside each other
   */
  ClipEnd(AVFormatContext container, AVStream video, boolean oneAtATime) {
    AVCodec decoder = avcodec_find_decoder(video.codecpar().codec_id());
    toldInTime =
        oneAtATime
            || (decoder != null && (decoder.capabilities() & AV_CODEC_CAP_FRAME_THREADS) == 0);
    tickSeconds = av_q2d(video.time_base());
    OptionalDouble own = ownLength(container, video, tickSeconds);
    announced = own.isPresent() ? own : lengthOfAll(container);
    double length = announced.orElse(0);
    // A stream's own length is exact but for a frame; the whole may be that of longer sound.
    tolerance = own.isPresent() ? Math.max(0.5, length / 100) : Math.max(2, length / 10);
  }

  private static OptionalDouble ownLength(
      AVFormatContext container, AVStream video, double tickSeconds) {
    if (container.duration_estimation_method() != AVFMT_DURATION_FROM_STREAM) {
      return OptionalDouble.empty(); // computed from what is there
    }
    if (video.duration() != AV_NOPTS_VALUE && !isAvi(container)) {
      return OptionalDouble.of(video.duration() * tickSeconds);
    }
    AVDictionaryEntry tag = av_dict_get(video.metadata(), "DURATION", null, 0); // Matroska
    Matcher clock = CLOCK.matcher(tag == null ? "" : tag.value().getString());
    return clock.lookingAt()
        ? OptionalDouble.of(
            Integer.parseInt(clock.group(1)) * 3600.0
                + Integer.parseInt(clock.group(2)) * 60.0
                + Double.parseDouble(clock.group(3)))
        : OptionalDouble.empty();
  }

  private static OptionalDouble lengthOfAll(AVFormatContext container) {
    boolean said =
        container.duration_estimation_method() == AVFMT_DURATION_FROM_STREAM
            && container.duration() != AV_NOPTS_VALUE
            && !isAvi(container);
    return said
        ? OptionalDouble.of((double) container.duration() / AV_TIME_BASE)
        : OptionalDouble.empty();
  }

  /** Its length is reckoned from the file's size; {@link WholeFile} knows better. */
  private static boolean isAvi(AVFormatContext container) {
    return container.iformat().name().getString().equals("avi");
  }

  /** Notes a picture that was decoded. */
  void picture(AVFrame decoded) {
    if (decoded.decode_error_flags() != 0 || (decoded.flags() & AV_FRAME_FLAG_CORRUPT) != 0) {
      firstDamaged = damaged == 0 ? pictures : firstDamaged;
      lastDamaged = pictures;
      damaged++;
    }
    pictures++;
    if (decoded.best_effort_timestamp() != AV_NOPTS_VALUE) {
      long end = decoded.best_effort_timestamp() + Math.max(0, decoded.duration());
      reached = Math.max(reached, end * tickSeconds);
    }
  }

  /** How much of what the container announces is missing, as a sentence; null for nothing. */
  String shortage(String name) {
    if (announced.isEmpty()
        || !Double.isFinite(reached)
        || reached >= announced.getAsDouble() - tolerance) {
      return null;
    }
    return String.format(
        Locale.ROOT,
        "'%s' ends after %.1f s, but announces %.1f s: it is cut off or damaged. All %d pictures"
            + " up to there were read.",
        name,
        reached,
        announced.getAsDouble(),
        pictures);
  }

  /** Whether it is certain that the last pictures are not whole. */
  boolean endsDamaged() {
    return toldInTime && damaged > 0 && pictures - lastDamaged <= MOST_REORDERED;
  }

  /** Which pictures are not whole, as a sentence; null for none. */
  String damage(String name) {
    return damaged == 0
        ? null
        : String.format(
            Locale.ROOT,
            "'%s' has damaged pictures, %d of %d, the first of them picture %d: they are shown as far"
                + " as they can be decoded.",
            name,
            damaged,
            pictures,
            firstDamaged + 1);
  }

  long pictures() {
    return pictures;
  }
}
