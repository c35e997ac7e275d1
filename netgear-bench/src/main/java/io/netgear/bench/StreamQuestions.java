package io.netgear.bench;

import io.netgear.Frame;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.bench.report.Question;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * The part of the short set that is about more than one frame's codec: many streams, queues, ways.
 */
final class StreamQuestions {
  private static final Jpeg DEFAULTS = Jpeg.defaults();
  private static final Jpeg SERIAL = DEFAULTS.threads(1);

  private final PictureSize size;
  private final Rounds.Budget budget;
  private final String pictures;

  /**
   * Of pictures of {@code size}.
   *
   * @param pictures what they are, in words
   */
  StreamQuestions(PictureSize size, Rounds.Budget budget, String pictures) {
    this.size = size;
    this.budget = budget;
    this.pictures = pictures;
  }

  private List<Frame> frames() {
    return Footage.frames(size, PixelFormat.BGR);
  }

  void streams(Consumer<Question> answers) throws IOException {
    try (Contest contest = new Contest()) {
      streams(contest, "1 stream, 1 thread", 1, SERIAL);
      for (int count : new int[] {1, 4, 16}) {
        streams(contest, count + (count == 1 ? " stream" : " streams"), count, DEFAULTS);
      }
      answers.accept(
          new Question(
              "streams",
              "Do many streams at once hinder each other?",
              pictures
                  + ". Each encodes and decodes as fast as it can; the time is that of one frame of"
                  + " all of them together, so that a ratio of 0.5 is twice as many frames a second."
                  + " All but the first row may use all cores. Blocks of "
                  + Streams.BLOCK
                  + " frames take turns.",
              contest.rows(budget)));
    }
  }

  private void streams(Contest contest, String label, int count, Jpeg jpeg) {
    var streams = Streams.coding(count, frames(), jpeg);
    contest.closing(streams::close);
    contest.add(label, Rounds.block(Streams.BLOCK, index -> streams.run()), Double.NaN);
  }

  void decodeAhead(Consumer<Question> answers) throws IOException {
    try (Contest contest = new Contest()) {
      waiting(contest, "decoded when asked for", SERIAL, 0);
      for (int ahead : new int[] {1, 2, 4}) {
        waiting(contest, "decodeAhead(" + ahead + ")", SERIAL, ahead);
      }
      waiting(contest, "with restart markers", DEFAULTS, 0);
      answers.accept(
          new Question(
              "decode-ahead",
              "What is saved where waiting frames are decoded side by side?",
              pictures
                  + ". "
                  + WaitingFrames.BLOCK
                  + " frames are sent over zmq, encoded before, and then received; the time is that"
                  + " of each. Their JPEGs have no restart markers, as those of a Python peer; but the"
                  + " last row's do, so that all cores decode each.",
              contest.rows(budget)));
    }
  }

  private void waiting(Contest contest, String label, Jpeg jpeg, int ahead) {
    var waiting = new WaitingFrames("zmq", frames(), jpeg, ahead);
    contest.closing(waiting::close);
    int jpegBytes = TurboJpegEncoding.jpegs(frames().subList(0, 1), jpeg).get(0).remaining();
    contest.add(label, Rounds.block(WaitingFrames.BLOCK, index -> waiting.run()), jpegBytes);
  }

  void roundTrip(Consumer<Question> answers) throws IOException {
    String alone = "encode and decode alone";
    for (String transport : List.of("zmq", "netty")) {
      try (Contest contest = new Contest()) {
        var encoding = new TurboJpegEncoding(frames(), DEFAULTS);
        contest.closing(encoding::close);
        List<ByteBuffer> jpegs = TurboJpegEncoding.jpegs(frames(), DEFAULTS);
        var decoding = new TurboJpegDecoding(jpegs, size, PixelFormat.BGR, DEFAULTS);
        contest.closing(decoding::close);
        contest.add(
            alone,
            Rounds.java(
                index -> {
                  encoding.encode(index % Footage.FRAMES);
                  decoding.decode(index % Footage.FRAMES);
                }),
            jpegs.get(0).remaining());
        for (String pattern : List.of("request-reply", "pair", "publish-subscribe", "push-pull")) {
          loopback(contest, pattern, transport, pattern, true);
        }
        loopback(contest, "request-reply, raw", transport, "request-reply", false);
        answers.accept(
            new Question(
                "round-trip-" + transport,
                "How long is a frame on its way over " + transport + "?",
                pictures
                    + ", from the call of send to pixels at the receiver, both in this process, over"
                    + " tcp on loopback. Raw pixels are neither encoded nor decoded.",
                contest.rows(budget)));
      }
    }
  }

  private void loopback(
      Contest contest, String label, String transport, String pattern, boolean compressed) {
    var loopback = new Loopback(transport, Loopback.TCP, pattern, compressed, frames());
    contest.closing(loopback::close);
    contest.add(
        label, Rounds.java(index -> loopback.sendAndReceive(index % Footage.FRAMES)), Double.NaN);
  }
}
