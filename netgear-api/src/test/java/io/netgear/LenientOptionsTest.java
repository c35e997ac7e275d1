package io.netgear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.internal.Settings;
import io.netgear.internal.options.Draft;
import io.netgear.internal.options.End;
import io.netgear.internal.options.Settled;
import io.netgear.internal.options.Settling;
import io.netgear.plugins.ToyCodec;
import io.netgear.plugins.ToyTransport;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LenientOptionsTest {
  private static SenderBuilder sender() {
    return NetGear.sender().transport(new ToyTransport()).codec(new ToyCodec()).lenient();
  }

  @Test
  void shouldFallBackToDefaultsAsPythonDoes() {
    Settings settings =
        sender()
            .options(
                Map.of(
                    "jpeg_compression", "PURPLE",
                    "jpeg_compression_quality", 5,
                    "max_retries", -3,
                    "request_timeout", "soon",
                    "pattern", 7,
                    "no_such_option", 1))
            .settings();

    assertThat(settings.jpeg()).isEqualTo(Jpeg.defaults());
    assertThat(settings.compressed()).isTrue();
    assertThat(settings.maxRetries()).isEqualTo(3);
    assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(settings.pattern().name()).isEqualTo("pair");
    assertThat(settings.explanation()).contains("default, since 'PURPLE' was refused");
  }

  @Test
  void shouldWarnOfEachFallback() {
    Draft draft = new Draft(End.SENDER);
    draft.put("transport", new ToyTransport());
    draft.put("codec", new ToyCodec());
    draft.put("max_retries", -3);
    draft.put("no_such_option", 1);
    draft.lenient();

    Settled settled = Settling.settle(draft);

    assertThat(settled.problems()).isEmpty();
    assertThat(settled.warnings())
        .hasSize(2)
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("'max_retries' is -3")
                    .endsWith("taking the default (3)."))
        .anySatisfy(
            warning -> assertThat(warning).startsWith("There is no option 'no_such_option'."));
  }

  @Test
  void shouldNotFallBackFromContradictionsAndMissingPlugins() {
    assertThatThrownBy(() -> sender().pattern(2).bidirectional().settings())
        .isInstanceOf(InvalidOptionsException.class);
    assertThatThrownBy(() -> sender().transport("carrier-pigeon").settings())
        .isInstanceOf(ProviderNotFoundException.class);
  }

  @Test
  void shouldNotFallBackFromWrongSecurity() {
    assertThatThrownBy(() -> sender().option("secure_mode", "on").settings())
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("'secure_mode'");
    assertThatThrownBy(() -> sender().option("security", 1).settings())
        .isInstanceOf(InvalidOptionsException.class);
  }
}
