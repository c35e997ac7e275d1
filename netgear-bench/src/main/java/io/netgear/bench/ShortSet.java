package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import io.netgear.bench.report.Question;
import io.netgear.bench.report.Row;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The questions that {@code netgear bench} asks, in turns of frames. The same as those of the JMH
 * benchmarks, but for ratios that hold on a machine that does other things besides.
 */
final class ShortSet {
  private static final Jpeg DEFAULTS = Jpeg.defaults();
  private static final Jpeg SERIAL = DEFAULTS.threads(1);
  private static final String ONE_THREAD = "NetGear, 1 thread";

  /** Without a pause, before it is another side's turn. */
  private static final int FRAMES_IN_A_ROW = 4;

  private interface Asking {
    void ask(ShortSet set, Consumer<Question> answers) throws IOException;
  }

  private static final Map<String, Asking> QUESTIONS = new LinkedHashMap<>();

  static {
    QUESTIONS.put("encode", ShortSet::encode);
    QUESTIONS.put("decode", ShortSet::decode);
    QUESTIONS.put("threads", ShortSet::threads);
    QUESTIONS.put("unchanged", ShortSet::unchanged);
    QUESTIONS.put("colours", ShortSet::colours);
    QUESTIONS.put("sizes", ShortSet::sizes);
    QUESTIONS.put("streams", (set, answers) -> set.streams.streams(answers));
    QUESTIONS.put("decode-ahead", (set, answers) -> set.streams.decodeAhead(answers));
    QUESTIONS.put("round-trip", (set, answers) -> set.streams.roundTrip(answers));
  }

  private final PictureSize size;
  private final Rounds.Budget budget;
  private final boolean quick;
  private final StreamQuestions streams;

  /**
   * Of pictures of {@code size}.
   *
   * @param quick whether to measure as little as says anything
   */
  ShortSet(PictureSize size, boolean quick) {
    this.size = size;
    this.quick = quick;
    budget = new Rounds.Budget(quick ? 300_000_000L : 5_000_000_000L, Times.FEWEST);
    streams = new StreamQuestions(size, budget, pictures());
  }

  /** What can be asked, in order. */
  static List<String> names() {
    return List.copyOf(QUESTIONS.keySet());
  }

  /** Asks one, and gives each answer as soon as it is there. */
  void ask(String name, Consumer<Question> answers) throws IOException {
    QUESTIONS.get(name).ask(this, answers);
  }

  private List<Frame> frames() {
    return Footage.frames(size, PixelFormat.BGR);
  }

  private String pictures() {
    return size + " BGR, " + DEFAULTS.subsampling().label() + ", quality " + DEFAULTS.quality();
  }

  private void encode(Consumer<Question> answers) throws IOException {
    try (Contest contest = new Contest()) {
      encoder(contest, ONE_THREAD, JpegImplementation.NETGEAR, SERIAL);
      encoder(contest, "NetGear, all cores", JpegImplementation.NETGEAR, DEFAULTS);
      for (JpegImplementation one : rivals()) {
        encoder(contest, one.label(), one, SERIAL);
      }
      answers.accept(
          new Question(
              "encode",
              "How long does it take to make a JPEG?",
              pictures() + ". All but the second row work on one thread.",
              contest.rows(budget)));
    }
  }

  private void decode(Consumer<Question> answers) throws IOException {
    List<ByteBuffer> plain = TurboJpegEncoding.jpegs(frames(), SERIAL);
    List<ByteBuffer> marked = TurboJpegEncoding.jpegs(frames(), DEFAULTS);
    try (Contest contest = new Contest()) {
      decoder(contest, ONE_THREAD, JpegImplementation.NETGEAR, plain, SERIAL);
      decoder(contest, "NetGear, all cores", JpegImplementation.NETGEAR, marked, DEFAULTS);
      for (JpegImplementation one : rivals()) {
        decoder(contest, one.label(), one, plain, SERIAL);
      }
      answers.accept(
          new Question(
              "decode",
              "How long does it take to decode one?",
              pictures()
                  + ". All but the second row work on one thread, on the same JPEGs; the second"
                  + " reads those that all cores made, which have restart markers.",
              contest.rows(budget)));
    }
  }

  private static List<JpegImplementation> rivals() {
    return JpegImplementation.present().stream()
        .filter(one -> one != JpegImplementation.NETGEAR)
        .toList();
  }

  private void encoder(Contest contest, String label, JpegImplementation who, Jpeg jpeg)
      throws IOException {
    var encoding = who.encoding(frames(), jpeg);
    contest.closing(encoding::close);
    contest.add(label, encoding.side(), encoding.encode(0));
  }

  private void decoder(
      Contest contest, String label, JpegImplementation who, List<ByteBuffer> jpegs, Jpeg jpeg)
      throws IOException {
    var decoding = who.decoding(jpegs, size, PixelFormat.BGR, jpeg);
    contest.closing(decoding::close);
    contest.add(label, decoding.side(), jpegs.get(0).remaining());
  }

  private void threads(Consumer<Question> answers) throws IOException {
    String about =
        size
            + " BGR. Each sampling is held against one thread. The time of more threads counts by"
            + " the clock; by processor is what all of them work together. Between its turns a side"
            + " pauses, as in a stream at a camera's rate, and its helpers sleep; where frames come"
            + " without a pause, as from a file, only before the first of them. The last rows, in"
            + " turns of their own, are the machine's limit: as many frames side by side, each the"
            + " work of one thread alone, and the time of one of them; several in a row on threads"
            + " that stay awake, or one on threads that slept before, as threads at one frame do.";
    for (Work work : Work.values()) {
      List<Row> rows = new ArrayList<>();
      for (Subsampling sampling : List.of(Subsampling.S422, Subsampling.S420)) {
        rows.addAll(threads(work, sampling));
      }
      String title = "What do several threads at one frame save in " + work.inWords() + "?";
      answers.accept(new Question("threads-" + work.id(), title, about, rows));
    }
  }

  private List<Row> threads(Work work, Subsampling sampling) throws IOException {
    int most = Math.min(Runtime.getRuntime().availableProcessors(), Jpeg.MAX_THREADS);
    List<Row> rows = new ArrayList<>();
    try (Contest contest = new Contest()) {
      for (int threads = 1; threads <= most; threads *= 2) {
        step(contest, label(sampling, threads), work, sampling, threads);
        if (threads > 1) {
          inARow(contest, work, sampling, threads);
        }
      }
      rows.addAll(contest.rows(budget));
    }
    rows.addAll(sideBySide(work, sampling, most));
    return rows;
  }

  private static String label(Subsampling sampling, int threads) {
    return sampling.label() + ", " + threads + (threads == 1 ? " thread" : " threads");
  }

  private void step(Contest contest, String label, Work work, Subsampling sampling, int threads) {
    step(contest, label, work, frames(), DEFAULTS.subsampling(sampling).threads(threads), 1);
  }

  private void inARow(Contest contest, Work work, Subsampling sampling, int threads) {
    Jpeg jpeg = DEFAULTS.subsampling(sampling).threads(threads);
    Work.Step step = work.over(frames(), jpeg);
    contest.closing(step::close);
    Rounds.Work block =
        index -> {
          for (int i = 0; i < FRAMES_IN_A_ROW; i++) {
            step.run(index * FRAMES_IN_A_ROW + i);
          }
        };
    String label = label(sampling, threads) + ", " + FRAMES_IN_A_ROW + " frames without a pause";
    contest.add(label, Rounds.block(FRAMES_IN_A_ROW, block), Double.NaN);
  }

  /**
   * In a contest of its own: threads that do not help would be in the way of those that do, which
   * look at the clock to find out whether help pays.
   */
  private List<Row> sideBySide(Work work, Subsampling sampling, int threads) throws IOException {
    try (Contest contest = new Contest()) {
      step(contest, label(sampling, 1), work, sampling, 1);
      sideBySide(contest, work, sampling, threads, FRAMES_IN_A_ROW);
      sideBySide(contest, work, sampling, threads, 1);
      return contest.rows(budget).subList(1, 3);
    }
  }

  private void sideBySide(
      Contest contest, Work work, Subsampling sampling, int threads, int inARow) {
    List<Frame> pictures = frames();
    Jpeg jpeg = SERIAL.subsampling(sampling);
    Streams streams = new Streams(threads, inARow, () -> work.over(pictures, jpeg));
    contest.closing(streams::close);
    String label = sampling.label() + ", " + threads + " frames side by side, ";
    label += inARow == 1 ? "after a pause" : inARow + " times without a pause";
    Rounds.Side side = Rounds.block(threads * inARow, index -> streams.run());
    contest.add(label, side, Double.NaN);
  }

  private void step(
      Contest contest, String label, Work work, List<Frame> frames, Jpeg jpeg, double pixels) {
    Work.Step step = work.over(frames, jpeg);
    contest.closing(step::close);
    int jpegBytes = TurboJpegEncoding.jpegs(frames.subList(0, 1), jpeg).get(0).remaining();
    contest.add(label, Rounds.java(step::run), pixels, jpegBytes);
  }

  private void unchanged(Consumer<Question> answers) throws IOException {
    String about =
        pictures()
            + ". Of each picture the lower rows are those of the one before. Held against one thread"
            + " that looks at each frame alone, with pictures that change everywhere; all cores are"
            + " allowed unless said otherwise.";
    for (Work work : Work.values()) {
      try (Contest contest = new Contest()) {
        List<Frame> moving = Footage.partlyUnchanged(size, 0);
        step(contest, "nothing compared, 1 thread", work, moving, SERIAL.reuse(false), 1);
        step(contest, "0 % unchanged, 1 thread", work, moving, SERIAL, 1);
        for (int percent : new int[] {0, 10, 50, 90, 100}) {
          List<Frame> frames = Footage.partlyUnchanged(size, percent);
          step(contest, percent + " % unchanged", work, frames, DEFAULTS, 1);
        }
        answers.accept(
            new Question(
                "unchanged-" + work.id(),
                "What does a part that does not change save in " + work.inWords() + "?",
                about,
                contest.rows(budget)));
      }
    }
  }

  private void colours(Consumer<Question> answers) throws IOException {
    String about = size + ", one thread. JPEGs of GRAY have one component, those of CMYK four.";
    for (Work work : Work.values()) {
      try (Contest contest = new Contest()) {
        for (PixelFormat pixels :
            List.of(
                PixelFormat.BGR,
                PixelFormat.RGB,
                PixelFormat.BGRX,
                PixelFormat.ARGB,
                PixelFormat.GRAY,
                PixelFormat.CMYK)) {
          step(contest, pixels.name(), work, Footage.frames(size, pixels), SERIAL, 1);
        }
        answers.accept(
            new Question(
                "colours-" + work.id(),
                "What does a colour space cost in " + work.inWords() + "?",
                about,
                contest.rows(budget)));
      }
    }
  }

  private void sizes(Consumer<Question> answers) throws IOException {
    String about = "BGR, all cores where that pays. The ratio is that of the time for a pixel.";
    List<PictureSize> sizes = new ArrayList<>();
    sizes.add(new PictureSize(640, 480));
    sizes.add(new PictureSize(1280, 720));
    if (!quick) {
      sizes.add(new PictureSize(1920, 1080));
      sizes.add(new PictureSize(3840, 2160));
    }
    for (Work work : Work.values()) {
      try (Contest contest = new Contest()) {
        for (PictureSize one : sizes) {
          List<Frame> frames = Footage.frames(one, PixelFormat.BGR);
          step(
              contest, one.toString(), work, frames, DEFAULTS, (double) one.width() * one.height());
        }
        answers.accept(
            new Question(
                "sizes-" + work.id(),
                "What does a pixel cost by size in " + work.inWords() + "?",
                about,
                contest.rows(budget)));
      }
    }
  }
}
