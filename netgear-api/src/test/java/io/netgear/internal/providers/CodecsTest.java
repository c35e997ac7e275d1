package io.netgear.internal.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.PluginLoader;
import io.netgear.ProviderNotFoundException;
import io.netgear.plugins.ToyCodec;
import io.netgear.spi.FrameCodec;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecsTest {
  private PluginLoader plugins;

  @BeforeEach
  void makeClassPath(@TempDir Path folder) {
    plugins = new PluginLoader(folder);
  }

  @AfterEach
  void closeClassPath() throws Exception {
    plugins.close();
  }

  @Test
  void shouldReadRawFramesWhereNoOtherCodecIs() {
    Codecs codecs = Codecs.named(Providers.visibleTo(plugins), "turbojpeg");

    assertThat(codecs.raw().name()).isEqualTo("raw");
  }

  @Test
  void shouldSayWhatToAddWhenJpegArrivesAndNobodyReadsIt() {
    Codecs codecs = Codecs.named(Providers.visibleTo(plugins), "turbojpeg");

    assertThatThrownBy(() -> codecs.decoding("jpeg"))
        .isInstanceOf(ProviderNotFoundException.class)
        .hasMessageStartingWith("No codec for frames in 'jpeg' is available.\n  found:   raw")
        .hasMessageContaining("Add io.netgear:netgear-codec-turbojpeg");
    assertThatThrownBy(codecs::encoding).isInstanceOf(ProviderNotFoundException.class);
  }

  @Test
  void shouldSayWhyTheCodecForJpegDoesNotWork() {
    plugins.with(FrameCodec.class, ToyCodec.NoNative.class);

    assertThatThrownBy(
            () -> Codecs.named(Providers.visibleTo(plugins), "turbojpeg").decoding("jpeg"))
        .isInstanceOf(ProviderNotFoundException.class)
        .hasMessageContaining("skipped: turbojpeg - its native library did not load")
        .hasMessageContaining("Mend what the reason says")
        .hasMessageNotContaining("Add io.netgear");
  }

  @Test
  void shouldPreferTheCodecThatWasNamedAmongThoseOfOneFormat() {
    plugins.with(FrameCodec.class, ToyCodec.class, ToyCodec.Turbo.class);
    Providers providers = Providers.visibleTo(plugins);

    assertThat(Codecs.named(providers, "toy").decoding("jpeg").name()).isEqualTo("toy");
    assertThat(Codecs.named(providers, "raw").decoding("jpeg").name()).isEqualTo("turbojpeg");
  }

  @Test
  void shouldDecodeWithTheCodecThatWasGiven() {
    ToyCodec given = new ToyCodec();
    Codecs codecs = Codecs.of(Providers.visibleTo(plugins), given);

    assertThat(codecs.encoding()).isSameAs(given);
    assertThat(codecs.decoding("jpeg")).isSameAs(given);
  }
}
