package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Which messages a subscriber gets, and how much it may ask for. */
class SubscriptionsTest {
  private final Subscriptions subscriptions = new Subscriptions();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private boolean match(String first) {
    return subscriptions.match(ByteBuffer.wrap(bytes("__" + first), 2, first.length()));
  }

  @Test
  void shouldMatchWhatBeginsWithATopic() throws Breach {
    assertThat(match("any")).isFalse();
    subscriptions.add(bytes("cam/1"));
    assertThat(match("cam/1")).isTrue();
    assertThat(match("cam/12")).isTrue();
    assertThat(match("cam/")).isFalse();
    assertThat(match("cam/2")).isFalse();
    assertThat(match("")).isFalse();
    subscriptions.add(bytes(""));
    assertThat(match("")).isTrue();
    assertThat(match("any")).isTrue();
  }

  @Test
  void shouldForgetATopicWhenItIsCancelledAsOftenAsItWasAskedFor() throws Breach {
    subscriptions.add(bytes("a"));
    subscriptions.add(bytes("a"));
    subscriptions.cancel(bytes("a"));
    assertThat(match("a")).isTrue();
    subscriptions.cancel(bytes("a"));
    subscriptions.cancel(bytes("a"));
    assertThat(match("a")).isFalse();
  }

  @Test
  void shouldRefuseMoreTopicsThanAreReasonable() throws Breach {
    for (int i = 0; i < Subscriptions.MOST; i++) {
      subscriptions.add(bytes("topic " + i));
    }
    assertThatThrownBy(() -> subscriptions.add(bytes("")))
        .isInstanceOf(Breach.class)
        .hasMessageContaining("more than 1000 subscriptions");
  }

  @Test
  void shouldRefuseMoreBytesOfTopicsThanAreReasonable() throws Breach {
    byte[] large = new byte[4_000];
    for (int i = 0; i < Subscriptions.MOST_BYTES / large.length; i++) {
      subscriptions.add(large);
    }
    assertThatThrownBy(() -> subscriptions.add(large))
        .isInstanceOf(Breach.class)
        .hasMessageContaining("more than 65536 bytes");
    subscriptions.cancel(large);
    subscriptions.add(large);
    assertThatThrownBy(() -> subscriptions.add(large)).isInstanceOf(Breach.class);
  }
}
