package io.netgear.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void shouldWriteOneLineInAscii() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("a", Arrays.asList(1, 2.5, null, true));
    value.put("b", "f\u00fcnf\n");

    assertThat(Json.write(value)).isEqualTo("{\"a\":[1,2.5,null,true],\"b\":\"f\\u00FCnf\\n\"}");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void shouldWriteNullForWhatJsonHasNoNumberFor(double number) {
    assertThat(Json.write(number)).isEqualTo("null");
  }

  @Test
  void shouldReadWhatItWrote() {
    Object value =
        Map.of("list", List.of(0, "", Map.of(), List.of()), "flag", false, "text", "\u20ac");

    assertThat(Json.read(Json.write(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "{", "{\"a\":}", "1 2", "hello", "[1,]"})
  void shouldRefuseWhatIsNotOneValue(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.readArgument("--message", text))
        .withMessageStartingWith("--message is no JSON value: ");
  }
}
