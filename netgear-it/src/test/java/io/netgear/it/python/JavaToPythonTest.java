package io.netgear.it.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.netgear.ElementType;
import io.netgear.Frame;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.Receipt;
import io.netgear.Receipt.Status;
import io.netgear.SenderBuilder;
import io.netgear.video.javacv.TestPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Java sender and the Python receiver. */
@Timeout(180)
class JavaToPythonTest {
  @RegisterExtension static final PythonPeer PYTHON = new PythonPeer();

  private PythonEnd client;
  private FrameSender sender;

  private void open(WireMode mode, Map<String, ?> receiving, boolean compressed) {
    client = PYTHON.start("client", mode.settings(receiving));
    SenderBuilder builder = mode.configure(NetGear.sender("tcp://127.0.0.1:" + client.port()));
    sender = (compressed ? builder : builder.uncompressed()).open();
  }

  /** Sends until the peer has it: a publisher drops what nobody is there for. */
  private Map<String, Object> send(WireMode mode, Frame frame, Object message, long number) {
    if (mode.answers()) {
      Receipt receipt = sender.send(frame, message);
      assertThat(receipt.status()).isEqualTo(Status.ACKNOWLEDGED);
      return client.await("frame");
    }
    for (int i = 0; i < 600; i++) {
      sender.send(frame, message);
      Map<String, Object> event = client.poll(Duration.ofMillis(100));
      while (event != null) {
        if (numberOf(event) == number) {
          return event;
        }
        event = client.poll(Duration.ofMillis(100));
      }
    }
    throw new AssertionError("frame " + number + " did not arrive: " + client);
  }

  private static long numberOf(Map<String, Object> event) {
    boolean array = event.get("message") instanceof Map<?, ?> map && map.containsKey("array");
    Object number = array ? ((Map<?, ?>) event.get("message")).get("array") : event.get("number");
    return number == null ? -1 : (Long) number;
  }

  private void end(WireMode mode) {
    sender.close();
    Map<String, Object> event = client.poll(Duration.ofSeconds(60));
    while (!mode.answers() && event != null && "frame".equals(event.get("event"))) {
      event = client.poll(Duration.ofSeconds(60));
    }
    assertThat(event).containsEntry("event", "end").containsEntry("reason", "goodbye");
    assertThat(sender.stats().balanced()).isTrue();
    assertThat(sender.stats().badMessages()).isZero();
  }

  private static void assertHeader(WireMode mode, Map<String, Object> event, Object message) {
    List<String> keys = new ArrayList<>(mode.headerKeys());
    keys.add("netgear");
    assertThat(event)
        .containsEntry("keys", keys)
        .containsEntry("message", message)
        .containsEntry("pattern", Integer.toString(mode.pattern()));
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.python.WireMode#toPython")
  void shouldSendJpegInEveryColourSpaceWithAnyMessage(WireMode mode) {
    open(mode, Map.of(), true);
    PixelFormat[] spaces = PixelFormat.values();
    for (int k = 0; k < Math.max(spaces.length, Samples.VALUES.size()); k++) {
      PixelFormat space = spaces[k % spaces.length];
      Object message = Samples.VALUES.get(k % Samples.VALUES.size());

      Map<String, Object> event = send(mode, Samples.picture(k, space), message, k);

      assertHeader(mode, event, message);
      assertThat(event)
          .as("%s", space)
          .containsEntry("number", (long) k)
          .containsEntry("compression", compression(space));
      assertThat((Double) event.get("psnr")).as("%s", space).isGreaterThan(Samples.LEAST_PSNR);
      List<?> sampling = (List<?>) event.get("sampling");
      int components = space == PixelFormat.CMYK ? 4 : space == PixelFormat.GRAY ? 1 : 3;
      assertThat(sampling).as("%s", space).hasSize(components);
      if (components == 3) {
        assertThat(sampling).isEqualTo(List.of("2x1", "1x1", "1x1"));
      }
    }
    end(mode);
  }

  private static Map<String, Object> compression(PixelFormat space) {
    return Map.of("dct", true, "ups", false, "colorspace", space.name());
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.python.WireMode#toPython")
  void shouldSendPicturesAndArraysAsTheyAre(WireMode mode) {
    open(mode, Map.of(), false);
    int k = 0;
    for (PixelFormat space : PixelFormat.values()) {
      Map<String, Object> event = send(mode, Samples.picture(k, space), null, k);

      assertHeader(mode, event, null);
      assertThat(event).containsEntry("compression", false).containsEntry("number", (long) k);
      assertThat(event.get("spaces")).asInstanceOf(LIST).as("%s", space).contains(space.name());
      k++;
    }
    for (ElementType type : ElementType.values()) {
      List<Integer> shape = Samples.SHAPES.get(k % Samples.SHAPES.size());
      Object message = Map.of("array", (long) k);

      Map<String, Object> event = send(mode, Samples.array(k, type, shape), message, k);

      assertHeader(mode, event, message);
      assertThat(event)
          .containsEntry("exact", true)
          .containsEntry("dtype", type.numpyName())
          .containsEntry("shape", shape.stream().map(Long::valueOf).toList());
      k++;
    }
    end(mode);
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.python.WireMode#returning")
  void shouldTakeAnyDataThatPythonReturns(WireMode mode) {
    List<Object> returns = new ArrayList<>();
    Samples.VALUES.forEach(value -> returns.add(value == null ? null : Map.of("value", value)));
    open(mode, Map.of("returns", returns), true);
    for (int k = 0; k < returns.size(); k++) {
      Receipt receipt = sender.send(Samples.picture(k, PixelFormat.BGR), "message " + k);

      assertThat(receipt.status()).isEqualTo(Status.ACKNOWLEDGED);
      assertThat(receipt.frame()).isEmpty();
      Object expected = Samples.VALUES.get(k);
      assertThat(receipt.data().orElse(null)).isEqualTo(expected);
      assertThat(client.await("frame")).containsEntry("message", "message " + k);
    }
    end(mode);
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.python.WireMode#returning")
  void shouldTakeFramesThatPythonReturnsInEveryColourSpace(WireMode mode) {
    List<Object> returns = new ArrayList<>();
    for (PixelFormat space : PixelFormat.values()) {
      for (boolean jpeg : new boolean[] {true, false}) {
        returns.add(
            Map.of(
                "frame",
                Map.of(
                    "k",
                    returns.size(),
                    "space",
                    space.name(),
                    "jpeg",
                    jpeg,
                    "width",
                    Samples.WIDTH,
                    "height",
                    Samples.HEIGHT)));
      }
    }
    open(mode, Map.of("returns", returns), true);
    for (int k = 0; k < returns.size(); k++) {
      PixelFormat space = PixelFormat.values()[k / 2];

      Receipt receipt = sender.send(Samples.picture(k, PixelFormat.BGR), null);

      Frame returned = receipt.frame().orElseThrow();
      assertThat(client.await("frame")).containsEntry("number", (long) k);
      assertThat(receipt.data()).isEmpty();
      if (k % 2 == 0) {
        assertThat(returned.format().pixelFormat()).isEqualTo(space);
        assertThat(TestPattern.number(returned)).hasValue(k);
        assertThat(TestPattern.compare(returned, k).psnr()).isGreaterThan(Samples.LEAST_PSNR);
      } else {
        assertThat(Samples.bytes(returned))
            .as("%s", space)
            .isEqualTo(Samples.bytes(Samples.picture(k, space)));
      }
    }
    end(mode);
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.python.WireMode#returning")
  void shouldTakeAnswersThatLagBehind(WireMode mode) {
    open(
        mode,
        Map.of(
            "lag",
            1,
            "returns",
            Arrays.asList(Map.of("value", "first"), null, Map.of("value", "third"))),
        true);
    List<Object> answers = new ArrayList<>();
    for (int k = 0; k < 5; k++) {
      answers.add(sender.send(Samples.picture(k, PixelFormat.GRAY)).data().orElse(null));
      client.await("frame");
    }
    assertThat(answers).containsExactly("first", "first", "first", "third", "third");
    end(mode);
  }
}
