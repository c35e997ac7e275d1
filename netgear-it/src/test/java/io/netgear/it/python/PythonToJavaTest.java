package io.netgear.it.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.netgear.ElementType;
import io.netgear.Frame;
import io.netgear.FrameReceiver;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import io.netgear.ReceiverBuilder;
import io.netgear.Reply;
import io.netgear.StreamEnd;
import io.netgear.video.javacv.TestPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Python sender and a Java receiver. */
@Timeout(180)
class PythonToJavaTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension static final PythonPeer PYTHON = new PythonPeer();

  private static FrameReceiver receiver(WireMode mode) {
    ReceiverBuilder builder = mode.configure(NetGear.receiver("tcp://127.0.0.1:0"));
    return builder.open();
  }

  private static PythonEnd server(WireMode mode, FrameReceiver receiver, List<Object> frames) {
    return PYTHON.start(
        "server",
        mode.settings(
            Map.of(
                "port",
                receiver.addresses().get(0).port(),
                "frames",
                frames,
                "repeat",
                !mode.answers())));
  }

  private static Map<String, Object> frame(int k, Object message, Map<String, Object> more) {
    Map<String, Object> frame = new HashMap<>(more);
    frame.put("k", k);
    frame.put("message", message);
    return frame;
  }

  private static Map<String, Object> picture(int k, Object message, PixelFormat space) {
    return frame(
        k,
        message,
        Map.of("space", space.name(), "width", Samples.WIDTH, "height", Samples.HEIGHT));
  }

  /** The first frame that is not the one before, which a publisher repeats. */
  private static ReceivedFrame receive(
      WireMode mode,
      FrameReceiver receiver,
      PythonEnd server,
      java.util.function.Predicate<ReceivedFrame> wanted) {
    while (true) {
      ReceivedFrame received =
          receiver
              .recv(LIMIT)
              .orElseThrow(() -> new AssertionError(receiver.stats() + " " + server));
      if (mode.answers() || wanted.test(received)) {
        if (!mode.answers()) {
          server.next();
        }
        return received;
      }
      received.close();
    }
  }

  private static void assertGoodbye(WireMode mode, FrameReceiver receiver, PythonEnd server) {
    ReceivedFrame repeated = receiver.recv(LIMIT).orElse(null);
    while (repeated != null) {
      assertThat(mode.answers()).isFalse();
      repeated.close();
      repeated = receiver.recv(LIMIT).orElse(null);
    }
    assertThat(receiver.end()).contains(StreamEnd.GOODBYE);
    if (!mode.answers()) {
      server.next();
    }
    Map<String, Object> end = endOf(server);
    assertThat(end).containsEntry("reason", "goodbye");
    String text =
        mode.has("multiserver")
            ? "Termination signal successfully received at client!"
            : "Termination signal successfully received at Client's end!";
    if (mode.pattern() == 1) {
      assertThat(end).containsEntry("answers", List.of(text));
    }
    assertThat(receiver.stats().badMessages()).isZero();
    assertThat(receiver.stats().balanced()).isTrue();
  }

  private static Map<String, Object> endOf(PythonEnd server) {
    Map<String, Object> event = server.poll(LIMIT);
    while (event != null && "sent".equals(event.get("event"))) {
      assertThat(event)
          .containsEntry("answered", true)
          .containsEntry("parts", event.containsKey("returned") ? 2L : 1L);
      event = server.poll(LIMIT);
    }
    assertThat(event).as("%s", server).containsEntry("event", "end");
    return event;
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.python.WireMode#all")
  void shouldReceiveJpegInEveryColourSpaceWithAnyMessage(WireMode mode) {
    PixelFormat[] spaces = PixelFormat.values();
    List<Object> frames = new ArrayList<>();
    for (int k = 0; k < Math.max(spaces.length, Samples.VALUES.size()); k++) {
      frames.add(
          picture(k, Samples.VALUES.get(k % Samples.VALUES.size()), spaces[k % spaces.length]));
    }
    try (FrameReceiver receiver = receiver(mode)) {
      PythonEnd server = server(mode, receiver, frames);
      for (int k = 0; k < frames.size(); k++) {
        int number = k;
        try (ReceivedFrame received =
            receive(
                mode, receiver, server, r -> TestPattern.number(r.frame()).orElse(-1) == number)) {
          Frame frame = received.frame();
          assertThat(received.encoding()).isEqualTo("jpeg");
          assertThat(received.message()).isEqualTo(Samples.VALUES.get(k % Samples.VALUES.size()));
          assertThat(frame.format().pixelFormat()).isEqualTo(spaces[k % spaces.length]);
          assertThat(frame.format().width()).isEqualTo(Samples.WIDTH);
          assertThat(frame.format().height()).isEqualTo(Samples.HEIGHT);
          assertThat(TestPattern.number(frame)).as("%s", frame).hasValue(k);
          assertThat(TestPattern.compare(frame, k).psnr())
              .as("%s", frame)
              .isGreaterThan(Samples.LEAST_PSNR);
          assertThat(received.sequence()).isEqualTo(-1);
          assertThat(received.sentAt()).isEmpty();
        }
      }
      assertGoodbye(mode, receiver, server);
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.python.WireMode#all")
  void shouldReceivePicturesAndArraysAsTheyAre(WireMode mode) {
    List<Object> frames = new ArrayList<>();
    List<Frame> expected = new ArrayList<>();
    for (PixelFormat space : PixelFormat.values()) {
      int k = frames.size();
      Map<String, Object> picture = new HashMap<>(picture(k, (long) k, space));
      picture.put("jpeg", false);
      frames.add(picture);
      expected.add(Samples.picture(k, space));
    }
    for (ElementType type : ElementType.values()) {
      int k = frames.size();
      List<Integer> shape = Samples.SHAPES.get(k % Samples.SHAPES.size());
      frames.add(frame(k, (long) k, Map.of("dtype", type.numpyName(), "shape", shape)));
      expected.add(Samples.array(k, type, shape));
    }
    try (FrameReceiver receiver = receiver(mode)) {
      PythonEnd server = server(mode, receiver, frames);
      for (int k = 0; k < frames.size(); k++) {
        Object number = (long) k;
        try (ReceivedFrame received =
            receive(mode, receiver, server, r -> number.equals(r.message()))) {
          Frame frame = received.frame();
          assertThat(received.message()).isEqualTo(number);
          assertThat(frame.format().elementType())
              .isEqualTo(expected.get(k).format().elementType());
          assertThat(Samples.bytes(frame))
              .as("%s", expected.get(k))
              .isEqualTo(Samples.bytes(expected.get(k)));
        }
      }
      assertGoodbye(mode, receiver, server);
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.python.WireMode#returning")
  void shouldReturnAnyDataToPython(WireMode mode) {
    List<Object> frames = new ArrayList<>();
    for (int k = 0; k < Samples.VALUES.size(); k++) {
      frames.add(picture(k, "message " + k, PixelFormat.BGR));
    }
    List<String> types =
        List.of(
            "NoneType",
            "str",
            "str",
            "str",
            "int",
            "int",
            "int",
            "int",
            "float",
            "float",
            "bool",
            "bool",
            "list",
            "dict",
            "list",
            "dict");
    try (FrameReceiver receiver = receiver(mode)) {
      PythonEnd server = server(mode, receiver, frames);
      for (int k = 0; k < frames.size(); k++) {
        Object value = Samples.VALUES.get(k);
        try (ReceivedFrame received = receiver.recv(LIMIT, Reply.data(value)).orElseThrow()) {
          assertThat(received.message()).isEqualTo("message " + k);
        }
        assertThat(server.await("sent"))
            .containsEntry("answered", true)
            .containsEntry("return_type", types.get(k))
            .containsEntry("data", value);
      }
      assertGoodbye(mode, receiver, server);
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.python.WireMode#returning")
  void shouldReturnFramesToPythonInEveryColourSpace(WireMode mode) {
    for (boolean jpeg : new boolean[] {true, false}) {
      List<Object> frames = new ArrayList<>();
      for (int k = 0; k < PixelFormat.values().length; k++) {
        frames.add(picture(k, null, PixelFormat.RGB));
      }
      ReceiverBuilder builder = mode.configure(NetGear.receiver("tcp://127.0.0.1:0"));
      try (FrameReceiver receiver = (jpeg ? builder : builder.uncompressed()).open()) {
        PythonEnd server = server(mode, receiver, frames);
        for (PixelFormat space : PixelFormat.values()) {
          long k = space.ordinal();
          receiver.recv(LIMIT, Reply.frame(Samples.picture(k, space))).orElseThrow().close();
          Map<String, Object> sent = server.await("sent");
          assertThat(sent).containsEntry("return_type", "ndarray").containsEntry("parts", 2L);
          Map<?, ?> returned = (Map<?, ?>) sent.get("returned");
          assertThat(returned.get("number")).as("%s", space).isEqualTo(k);
          if (jpeg) {
            assertThat((Double) returned.get("psnr"))
                .as("%s", space)
                .isGreaterThan(Samples.LEAST_PSNR);
          } else {
            assertThat(returned.get("spaces"))
                .asInstanceOf(LIST)
                .as("%s", space)
                .contains(space.name());
          }
        }
        assertGoodbye(mode, receiver, server);
      }
    }
  }
}
