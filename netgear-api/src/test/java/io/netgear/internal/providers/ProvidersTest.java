package io.netgear.internal.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netgear.PluginLoader;
import io.netgear.ProviderInfo;
import io.netgear.ProviderInfo.Kind;
import io.netgear.ProviderNotFoundException;
import io.netgear.plugins.ToyCodec;
import io.netgear.plugins.ToyTransport;
import io.netgear.spi.FrameCodec;
import io.netgear.spi.Transport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
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
  void shouldFindTransportByName() {
    plugins.with(Transport.class, ToyTransport.class);

    Transport found = Providers.visibleTo(plugins).transport("toy");

    assertThat(found.getClass().getName()).isEqualTo(ToyTransport.class.getName());
    assertThat(found.getClass().getClassLoader()).isSameAs(plugins);
  }

  @Test
  void shouldLookThroughTheContextClassLoaderWhenNoneIsNamed() {
    plugins.with(Transport.class, ToyTransport.class);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(plugins);
    try {
      assertThat(Providers.visibleTo(null).transport("toy").name()).isEqualTo("toy");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void shouldFindOwnPluginsThroughAnyClassLoader() {
    assertThat(Providers.visibleTo(ClassLoader.getPlatformClassLoader()).pattern("pair").name())
        .isEqualTo("pair");
  }

  @Test
  void shouldFindPatternsByNumberAndAlias() {
    Providers providers = Providers.visibleTo(plugins);

    assertThat(List.of("0", "1", "2", "req-rep", "pub_sub", "Push-Pull"))
        .map(name -> providers.pattern(name).name())
        .containsExactly(
            "pair",
            "request-reply",
            "publish-subscribe",
            "request-reply",
            "publish-subscribe",
            "push-pull");
  }

  @Test
  void shouldFindGoodTransportAmongBrokenOnes() {
    plugins.with(
        Transport.class,
        ToyTransport.Broken.class,
        ToyTransport.Nameless.class,
        ToyTransport.NullName.class,
        ToyTransport.Old.class,
        ToyTransport.class);

    assertThat(Providers.visibleTo(plugins).transport("toy").name()).isEqualTo("toy");
  }

  @Test
  void shouldTellEachReasonWhenNoneIsLeft() {
    plugins.with(
        Transport.class,
        ToyTransport.Broken.class,
        ToyTransport.Nameless.class,
        ToyTransport.NullName.class,
        ToyTransport.Old.class);

    assertThatThrownBy(() -> Providers.visibleTo(plugins).transport("old"))
        .isInstanceOf(ProviderNotFoundException.class)
        .hasMessageStartingWith(
            "No transport named 'old' is available.\n  found:   none\n  skipped: ")
        .hasMessageContaining("its constructor failed")
        .hasMessageContaining("no name today")
        .hasMessageContaining("has no name")
        .hasMessageContaining("requires SPI 0, this NetGear offers 1")
        .hasMessageEndingWith("Mend what the reason says.");
  }

  @Test
  void shouldGoOnAfterServiceFileThatCannotBeRead() {
    plugins.withLines(Transport.class, "this is no class name\n");

    assertThatThrownBy(() -> Providers.visibleTo(plugins).transport("toy"))
        .isInstanceOf(ProviderNotFoundException.class)
        .hasMessageContaining("skipped: a provider");
  }

  @Test
  void shouldGoOnAfterClassThatIsMissingOrNoTransport() {
    plugins.withLines(
        Transport.class,
        "no.such.Plugin\n" + ToyCodec.class.getName() + "\n" + ToyTransport.class.getName() + "\n");

    Providers providers = Providers.visibleTo(plugins);

    assertThat(providers.transport("toy").name()).isEqualTo("toy");
    assertThat(providers.all())
        .filteredOn(info -> info.kind() == Kind.TRANSPORT && !info.usable())
        .extracting(ProviderInfo::detail)
        .anyMatch(detail -> detail.contains("no.such.Plugin"))
        .anyMatch(detail -> detail.contains("not a subtype"));
  }

  @Test
  void shouldListBothWhenNameIsThereTwice() {
    plugins.with(Transport.class, ToyTransport.class, ToyTransport.Rival.class);

    Throwable ambiguous = catchThrowable(() -> Providers.visibleTo(plugins).transport("toy"));

    assertThat(ambiguous)
        .isInstanceOf(ProviderNotFoundException.class)
        .hasMessageStartingWith("There are 2 transports named 'toy'.")
        .hasMessageContaining("Take all but one off");
  }

  @Test
  void shouldTakeTheOneThatWorksOfTwoWithTheSameName() {
    plugins.with(Transport.class, ToyTransport.Unavailable.class, ToyTransport.Rival.class);

    assertThat(Providers.visibleTo(plugins).transport("toy").getClass().getName())
        .isEqualTo(ToyTransport.Rival.class.getName());
  }

  @Test
  void shouldTellWhyTheOneAskedForDoesNotWork() {
    plugins.with(Transport.class, ToyTransport.Unavailable.class, ToyTransport.Throwing.class);
    Providers providers = Providers.visibleTo(plugins);

    assertThatThrownBy(() -> providers.transport("toy"))
        .hasMessageContaining("skipped: toy - its library is for another system")
        .hasMessageEndingWith("Mend what the reason says, or ask for one of the found names.");
    assertThatThrownBy(() -> providers.transport("throwing"))
        .hasMessageContaining(
            "skipped: throwing - fails when asked whether it works: no such symbol");
  }

  @Test
  void shouldNameTheArtifactOfKnownTransportThatIsMissing() {
    plugins.with(Transport.class, ToyTransport.class);

    assertThatThrownBy(() -> Providers.visibleTo(plugins).transport("netty"))
        .hasMessageStartingWith("No transport named 'netty' is available.\n  found:   toy")
        .hasMessageContaining("Add io.netgear:netgear-transport-netty")
        .hasMessageEndingWith(", or ask for one of the found names.");
  }

  @Test
  void shouldGuessWhatWasMeant() {
    plugins.with(Transport.class, ToyTransport.class);

    assertThatThrownBy(() -> Providers.visibleTo(plugins).transport("zqm"))
        .hasMessageContaining("Did you mean 'zmq'?");
    assertThatThrownBy(() -> Providers.visibleTo(plugins).pattern("request-repyl"))
        .hasMessageContaining("Did you mean 'request-reply'?");
  }

  @Test
  void shouldDescribeAllThereIs() {
    plugins.with(Transport.class, ToyTransport.class, ToyTransport.Old.class);
    plugins.with(FrameCodec.class, ToyCodec.NoNative.class);

    List<ProviderInfo> all = Providers.visibleTo(plugins).all();

    assertThat(all)
        .extracting(ProviderInfo::name)
        .contains("toy", "old", "turbojpeg", "raw", "pair", "push-pull");
    assertThat(all)
        .contains(new ProviderInfo(Kind.TRANSPORT, "toy", "", true, "a toy"))
        .contains(
            new ProviderInfo(
                Kind.CODEC, "turbojpeg", "", false, "its native library did not load"));
  }
}
