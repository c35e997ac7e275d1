package io.netgear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.internal.Settings;
import io.netgear.plugins.ToyCodec;
import io.netgear.plugins.ToyTransport;
import io.netgear.spi.CodecOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultsTest {
  private static final long MIB = 1 << 20;

  private static SenderBuilder sender() {
    return NetGear.sender().transport(new ToyTransport()).codec(new ToyCodec());
  }

  private static ReceiverBuilder receiver() {
    return NetGear.receiver().transport(new ToyTransport());
  }

  @Test
  void shouldConnectSendersAndBindReceiversOnThisMachineAlone() {
    Settings sender = sender().settings();
    Settings receiver = receiver().settings();

    assertThat(sender.addresses()).containsExactly(Address.parse("tcp://localhost:5555"));
    assertThat(sender.bind()).isFalse();
    assertThat(receiver.addresses()).containsExactly(Address.parse("tcp://127.0.0.1:5555"));
    assertThat(receiver.bind()).isTrue();
  }

  @Test
  void shouldHaveTheDocumentedDefaults() {
    Settings settings = receiver().settings();

    assertThat(settings.pattern().name()).isEqualTo("pair");
    assertThat(settings.jpeg()).isEqualTo(Jpeg.defaults());
    assertThat(settings.bidirectional()).isFalse();
    assertThat(settings.maxRetries()).isEqualTo(3);
    assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(settings.idleLimit()).isEqualTo(Duration.ofSeconds(12));
    assertThat(settings.queue()).isEqualTo(QueuePolicy.HOLD_BACK);
    assertThat(settings.queueDepth()).isEqualTo(1);
    assertThat(settings.maxAge()).isEqualTo(Duration.ZERO);
    assertThat(settings.maxMessageBytes()).isEqualTo(64 * MIB);
    assertThat(settings.maxPixels()).isEqualTo(CodecOptions.DEFAULT_MAX_PIXELS);
    assertThat(settings.memoryLimitBytes()).isEqualTo(512 * MIB);
    assertThat(settings.pool()).isNull();
    assertThat(settings.security()).isSameAs(Security.NONE);
    assertThat(settings.events()).isSameAs(Events.NONE);
  }

  @Test
  void shouldNeverTimeOutWithPatternsThatDoNotAcknowledge() {
    assertThat(receiver().pattern(2).settings().idleLimit()).isZero();
    assertThat(receiver().pattern(2).settings().queue()).isEqualTo(QueuePolicy.NEWEST);
    assertThat(receiver().pattern(2).idleLimit(Duration.ofSeconds(9)).settings().idleLimit())
        .hasSeconds(9);
  }

  @Test
  void shouldFollowTheRequestTimeoutWithTheIdleLimit() {
    Settings settings = receiver().requestTimeout(Duration.ofMillis(500)).settings();

    assertThat(settings.idleLimit()).hasMillis(1_500);
  }

  @Test
  void shouldGiveTheMemoryLimitRoomForTheQueue() {
    Settings settings = receiver().queueDepth(5).settings();

    assertThat(settings.memoryLimitBytes()).isEqualTo((5 + 7) * 64 * MIB);
  }

  @Test
  void shouldFitTheLargestMessageIntoSmallMemory() {
    Settings settings = receiver().memoryLimit(32 * MIB).settings();

    assertThat(settings.memoryLimitBytes()).isEqualTo(32 * MIB);
    assertThat(settings.maxMessageBytes()).isEqualTo(8 * MIB);
  }

  @Test
  void shouldFillInPortWhereTheAddressNamesNone() {
    assertThat(sender().address("10.0.0.7").option("port", 5454).settings().addresses())
        .containsExactly(Address.parse("tcp://10.0.0.7:5454"));
    assertThat(sender().address("tcp://[::1]").option("port", "5454").settings().addresses())
        .containsExactly(new Address("tcp", "::1", 5454));
    assertThat(sender().option("address", "tcp://10.0.0.7:5454").settings().addresses())
        .containsExactly(Address.parse("tcp://10.0.0.7:5454"));
  }

  @Test
  void shouldLetTheLastWordCount() {
    Settings settings =
        sender()
            .maxRetries(1)
            .option("max_retries", 2)
            .compression(Jpeg.defaults())
            .uncompressed()
            .settings();

    assertThat(settings.maxRetries()).isEqualTo(2);
    assertThat(settings.compressed()).isFalse();
  }

  @Test
  void shouldFollowTheSenderInDecodingUnlessToldOtherwise() {
    assertThat(receiver().settings().fastDct()).isFalse();
    assertThat(receiver().settings().fastUpsample()).isFalse();
    assertThat(receiver().compression(Jpeg.defaults()).settings().fastDct()).isTrue();
  }

  @Test
  void shouldOpenReceiverAndRawSenderWithoutCodecForJpeg(@TempDir Path empty) throws Exception {
    try (PluginLoader none = new PluginLoader(empty)) {
      assertThat(receiver().pluginsFrom(none).settings().codecs().raw().name()).isEqualTo("raw");
      assertThat(
              NetGear.sender()
                  .transport(new ToyTransport())
                  .pluginsFrom(none)
                  .uncompressed()
                  .settings()
                  .compressed())
          .isFalse();
      assertThatThrownBy(
              () -> NetGear.sender().transport(new ToyTransport()).pluginsFrom(none).settings())
          .isInstanceOf(ProviderNotFoundException.class)
          .hasMessageStartingWith("No codec named 'turbojpeg' is available.")
          .hasMessageEndingWith("Or send uncompressed.");
      assertThatThrownBy(() -> receiver().pluginsFrom(none).codec("turbojpeg").settings())
          .isInstanceOf(ProviderNotFoundException.class);
    }
  }

  @Test
  void shouldNotCompressWithCodecThatCopiesPixels() {
    SenderBuilder builder = sender().codec("raw");

    assertThat(builder.settings().compressed()).isFalse();
    assertThat(builder.explain()).contains("(the codec copies pixels as they are)");
    assertThatThrownBy(() -> sender().codec("raw").compression(Jpeg.defaults()).settings())
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("'raw', which does not compress");
  }

  @Test
  void shouldNameEachEndDifferently() {
    assertThat(sender().settings().name()).isNotEqualTo(sender().settings().name());
    assertThat(sender().name("north").settings().name()).isEqualTo("north");
  }
}
