package io.netgear;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.internal.Settings;
import io.netgear.internal.options.Draft;
import io.netgear.internal.options.End;
import io.netgear.internal.options.Settled;
import io.netgear.internal.options.Settling;
import io.netgear.plugins.ToyCodec;
import io.netgear.plugins.ToyTransport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The dictionaries of the Python documentation, carried over as they are. */
class PythonDictionaryTest {
  private static SenderBuilder sender() {
    return NetGear.sender().transport(new ToyTransport()).codec(new ToyCodec());
  }

  private static ReceiverBuilder receiver() {
    return NetGear.receiver().transport(new ToyTransport());
  }

  @Test
  void shouldTakeBareMinimum() {
    Settings settings =
        sender()
            .pattern(1)
            .option("logging", true)
            .options(
                Map.of(
                    "jpeg_compression", true,
                    "jpeg_compression_quality", 90,
                    "jpeg_compression_fastdct", true,
                    "jpeg_compression_fastupsample", true))
            .settings();

    assertThat(settings.compressed()).isTrue();
    assertThat(settings.jpeg()).isEqualTo(Jpeg.defaults().fastUpsample(true));
    assertThat(settings.pattern().name()).isEqualTo("request-reply");
  }

  @Test
  void shouldTakeColorSpace() {
    Settings settings = sender().options(Map.of("jpeg_compression", "GRAY")).settings();

    assertThat(settings.jpeg().colorSpace()).contains(PixelFormat.GRAY);
    assertThat(settings.compressed()).isTrue();
  }

  @Test
  void shouldSwitchCompressionOff() {
    assertThat(sender().options(Map.of("jpeg_compression", false)).settings().compressed())
        .isFalse();
  }

  @Test
  void shouldTakeAddressPortAndProtocolOfReceiver() {
    Settings settings =
        receiver()
            .options(
                Map.of(
                    "address",
                    "192.168.0.7",
                    "port",
                    "5454",
                    "protocol",
                    "tcp",
                    "pattern",
                    1,
                    "receive_mode",
                    true))
            .settings();

    assertThat(settings.addresses()).containsExactly(new Address("tcp", "192.168.0.7", 5454));
    assertThat(settings.bind()).isTrue();
  }

  @Test
  void shouldTakeDualCompressionAtBothEnds() {
    Map<String, Object> options =
        Map.of(
            "bidirectional_mode", true,
            "jpeg_compression", true,
            "jpeg_compression_quality", 95,
            "jpeg_compression_fastdct", true,
            "jpeg_compression_fastupsample", true);

    for (Settings settings :
        List.of(
            sender().pattern(1).options(options).settings(),
            receiver().pattern(1).options(options).settings())) {
      assertThat(settings.bidirectional()).isTrue();
      assertThat(settings.jpeg()).isEqualTo(Jpeg.defaults().quality(95).fastUpsample(true));
      assertThat(settings.fastDct()).isTrue();
      assertThat(settings.fastUpsample()).isTrue();
    }
  }

  @Test
  void shouldCutFractionOfQuality() {
    assertThat(sender().option("jpeg_compression_quality", 94.9).settings().jpeg().quality())
        .isEqualTo(94);
  }

  @Test
  void shouldTakeNoneAsLeftOut() {
    Map<String, Object> options = new HashMap<>();
    options.put("address", null);
    options.put("ssh_tunnel_mode", null);

    assertThat(sender().options(options).settings().addresses())
        .containsExactly(new Address("tcp", "localhost", 5555));
  }

  @Test
  void shouldSayOnceThatSettingsOfPyzmqHaveNoEffect() {
    Draft draft = new Draft(End.SENDER);
    draft.put("transport", new ToyTransport());
    draft.put("codec", new ToyCodec());
    draft.put("flag", 0);
    draft.put("copy", false);
    draft.put("track", false);
    draft.put("logging", true);

    Settled settled = Settling.settle(draft);

    assertThat(settled.problems()).isEmpty();
    assertThat(settled.warnings()).singleElement().asString().contains("flag, copy, track");
  }

  @Test
  void shouldTakeSubscriberTimeoutOfPublishSubscribe() {
    Settings settings =
        receiver().options(Map.of("pattern", 2, "subscriber_timeout", 5)).settings();

    assertThat(settings.idleLimit()).hasSeconds(5);
  }

  @Test
  void shouldReadValuesAsCommandLinesSpellThem() {
    Settings settings =
        sender()
            .option("pattern=1")
            .option("jpeg_compression=RGB")
            .option("jpeg_compression_quality = 75")
            .option("jpeg_compression_fastdct=false")
            .option("request_timeout=0.25")
            .option("port=5454")
            .option("name=7")
            .settings();

    assertThat(settings.jpeg()).isEqualTo(Jpeg.of(PixelFormat.RGB).quality(75).fastDct(false));
    assertThat(settings.requestTimeout()).hasMillis(250);
    assertThat(settings.addresses()).containsExactly(new Address("tcp", "localhost", 5454));
    assertThat(settings.name()).isEqualTo("7");
    assertThat(settings.pattern().number()).isEqualTo(1);
  }
}
