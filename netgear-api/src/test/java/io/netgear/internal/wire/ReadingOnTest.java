package io.netgear.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.WireFormatException;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Message;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One wire format reads and writes header after header; none must show in the next. */
class ReadingOnTest {
  private static final String BARE =
      "{\"compression\": {\"dct\": false, \"ups\": false, \"colorspace\": \"GRAY\"}}";

  private final PythonWireFormat format = new PythonWireFormat("70FPJW3G");

  @Test
  void shouldForgetWhatTheHeaderBeforeSaid() {
    FrameHeader full =
        new FrameHeader(
            Encoding.raw(FrameFormat.of(2, 1, PixelFormat.RGB)),
            Map.of("key", List.of(1, 2)),
            "2",
            5556,
            7,
            8,
            "camera",
            9);
    read(Wire.text(full));

    FrameHeader bare = read(BARE);

    assertThat(bare)
        .isEqualTo(
            new FrameHeader(
                Encoding.jpeg(PixelFormat.GRAY, false, false),
                null,
                "",
                null,
                -1,
                -1,
                "",
                FrameHeader.UNKNOWN_OFFSET));
  }

  @Test
  void shouldTellHeadersApartThatDifferInOneThing() {
    List<FrameHeader> headers =
        List.of(
            header(Encoding.jpeg(PixelFormat.BGR, true, false), "a"),
            header(Encoding.jpeg(PixelFormat.RGB, true, false), "a"),
            header(Encoding.jpeg(PixelFormat.RGB, false, false), "a"),
            header(Encoding.jpeg(PixelFormat.RGB, false, true), "b"),
            header(Encoding.raw(FrameFormat.of(2, 1, PixelFormat.RGB)), "b"),
            header(Encoding.raw(FrameFormat.of(2, 1, PixelFormat.BGR)), "b"),
            header(Encoding.raw(FrameFormat.of(1, 2, PixelFormat.BGR)), "b"),
            header(Wire.RAW, "b"),
            header(Encoding.raw(FrameFormat.array(io.netgear.ElementType.INT8, 2, 3)), "b"),
            header(Encoding.raw(FrameFormat.array(io.netgear.ElementType.INT8, 6)), "b"));

    for (FrameHeader header : headers) {
      assertThat(read(Wire.text(header))).isEqualTo(header);
    }
  }

  @Test
  void shouldReadTheNextHeaderAfterOneThatIsBroken() {
    String good = Wire.text(header(Wire.JPEG, "camera"));
    for (String broken :
        List.of(
            "",
            "{",
            "[",
            "7",
            "{\"a\": [1, 2",
            "{\"a\": tru",
            "\ufeff" + good,
            good + "7",
            good + "{",
            good + good,
            good.substring(0, good.length() - 1),
            "{\"a\": \"\u00ff",
            "{\"terminate_flag\": 1}")) {
      assertThatThrownBy(() -> read(broken)).as(broken).isInstanceOf(WireFormatException.class);

      assertThat(read(good).senderId()).isEqualTo("camera");
      assertThat(read(good + " \n").senderId()).isEqualTo("camera");
    }
  }

  @Test
  void shouldReadAnyNumberOfHeadersHoweverManyNamesTheyMakeUp() {
    for (int i = 0; i < 6_000; i++) {
      String made = "{\"made-up-" + i + "\": " + i + ", " + BARE.substring(1);

      assertThat(read(made).encoding().colorSpace()).isEqualTo(PixelFormat.GRAY);
    }
  }

  @Test
  void shouldWriteIntoNoPartThatSomebodyStillOwns() {
    Message first = format.frame(header(Wire.JPEG, "first"), Wire.payload(1));
    Message second = format.frame(header(Wire.JPEG, "second"), Wire.payload(1));
    Message third = format.answer(Answer.acknowledgement(1, 2, 3), AnswerStyle.PLAIN);

    assertThat(Wire.text(first, 0)).contains("\"first\"");
    assertThat(Wire.text(second, 0)).contains("\"second\"");
    assertThat(Wire.text(third, 0)).endsWith("! seq=1 rx=2 tx=3");
  }

  @Test
  void shouldWriteIntoPartsThatWereReleased() {
    Message first = format.frame(header(Wire.JPEG, "a-long-name-for-the-first"), Wire.payload(1));
    Object memory = first.part(0).array();
    first.close();

    Message second = format.frame(header(Wire.JPEG, "second"), Wire.payload(1));

    assertThat(second.part(0).array()).isSameAs(memory);
    assertThat(Wire.text(second, 0)).contains("\"second\"").endsWith("}}");
    assertThatThrownBy(() -> first.part(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldWriteTheNextHeaderAfterOneThatWasRefused() {
    String good = Wire.text(format.frame(header(Wire.JPEG, "camera"), Wire.payload(1)), 0);
    FrameHeader refused =
        new FrameHeader(Wire.JPEG, Map.of("a", new Object()), "1", null, 7, 8, "camera", 9);
    assertThatThrownBy(() -> format.frame(refused, Wire.payload(1)))
        .isInstanceOf(IllegalArgumentException.class);

    Message next = format.frame(header(Wire.JPEG, "camera"), Wire.payload(1));

    assertThat(Wire.text(next, 0)).isEqualTo(good);
  }

  @Test
  void shouldServeSeveralThreadsAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> work =
          IntStream.range(0, 4)
              .<Callable<Integer>>mapToObj(i -> () -> roundTrips("id-" + i))
              .toList();
      for (Future<Integer> done : threads.invokeAll(work)) {
        assertThat(done.get()).isEqualTo(500);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private int roundTrips(String id) {
    int same = 0;
    for (int i = 0; i < 500; i++) {
      FrameHeader header = header(Wire.JPEG, id);
      try (Message message = format.frame(header, Wire.payload(1))) {
        Message arrived = Wire.message(Wire.text(message, 0), "jpeg");
        same += Wire.frame(format, arrived).header().equals(header) ? 1 : 0;
      }
    }
    return same;
  }

  private FrameHeader read(String header) {
    return Wire.frame(format, Wire.message(header, "6bytes")).header();
  }

  private static FrameHeader header(Encoding encoding, String id) {
    return new FrameHeader(encoding, null, "1", null, 7, 8, id, FrameHeader.UNKNOWN_OFFSET);
  }
}
