package io.netgear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @Test
  void shouldCompleteWhatIsLeftOut() {
    assertThat(Address.parse("camera")).hasToString("tcp://camera:5555");
    assertThat(Address.parse("camera:7000")).hasToString("tcp://camera:7000");
    assertThat(Address.parse("[::1]:7000")).isEqualTo(new Address("tcp", "::1", 7000));
    assertThat(Address.parse("ipc:///tmp/a file"))
        .isEqualTo(new Address("ipc", "/tmp/a file", 5555));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello world", "tcp://hello world:5555", "tcp:// :5555", "tcp://", "a:b"})
  void shouldSayWhichFormAnAddressHas(String text) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Address '" + text + "' is not of the form tcp://host:port: ");
  }
}
