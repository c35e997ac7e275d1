package io.netgear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.plugins.ToyCodec;
import io.netgear.plugins.ToyTransport;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private static ReceiverBuilder receiver() {
    return NetGear.receiver().transport(new ToyTransport());
  }

  @Test
  void shouldTellValueAndOriginOfEveryOption() {
    String text =
        receiver()
            .pattern("pub-sub")
            .options(Map.of("port", "5454", "jpeg_compression_quality", 80))
            .requestTimeout(Duration.ofMillis(1_500))
            .explain();

    assertThat(text.lines())
        .map(line -> line.replaceAll(" +", " "))
        .contains(
            "address = tcp://127.0.0.1:5454 (default, with option port)",
            "bind = true (default of a receiver)",
            "transport = toy (set by transport())",
            "pattern = publish-subscribe (set by pattern())",
            "codec = turbojpeg (default)",
            "jpeg_compression_quality = 80 (option)",
            "jpeg_compression_fastdct = true (default in encoding; decoding follows the sender)",
            "request_timeout = 1.5 s (set by requestTimeout())",
            "idle_limit = off (default of pattern publish-subscribe)",
            "queue = newest (default of pattern publish-subscribe)",
            "max_age = off (default)",
            "memory_limit = 536870912 (default)",
            "security = none (default)");
  }

  @Test
  void shouldTellWhereDerivedDefaultsComeFrom() {
    assertThat(receiver().explain()).contains("(default, 3 x request_timeout)");
    assertThat(receiver().memoryLimit(1 << 24).explain())
        .contains("(default, a quarter of the memory limit)");
    assertThat(receiver().queueDepth(9).explain())
        .contains("(default, (queue_depth + 7) x max_message_bytes)");
  }

  @Test
  void shouldTellWhatHasNoEffect() {
    String text =
        NetGear.sender()
            .transport(new ToyTransport())
            .codec(new ToyCodec())
            .options(Map.of("logging", true, "queue", "newest"))
            .explain();

    assertThat(text.lines())
        .map(line -> line.replaceAll(" +", " "))
        .contains(
            "logging = true (accepted, without effect)",
            "queue = 'newest' (accepted, without effect at a sender)");
  }

  @Test
  void shouldTellWhatIsWrongInsteadOfExplainingIt() {
    assertThatThrownBy(() -> receiver().queueDepth(0).explain())
        .isInstanceOf(InvalidOptionsException.class);
  }
}
