package io.netgear.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.spi.Answer;
import io.netgear.spi.Message;
import io.netgear.spi.WireFormat.AnswerStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A receiver that is closing says so in the answer that it owes. */
class FarewellTest {
  private static final PythonWireFormat FORMAT = new PythonWireFormat("70FPJW3G");

  @ParameterizedTest
  @EnumSource(AnswerStyle.class)
  void shouldBeUnderstoodInEitherStyle(AnswerStyle style) {
    try (Message message = FORMAT.answer(Answer.farewell(null, 12), style)) {
      assertThat(FORMAT.parseAnswer(message, style)).isEqualTo(Answer.farewell(null, 12));
    }
  }

  @ParameterizedTest
  @EnumSource(AnswerStyle.class)
  void shouldNotBeReadFromAnOrdinaryAnswer(AnswerStyle style) {
    try (Message message = FORMAT.answer(Answer.acknowledgement(12, 3, 4), style)) {
      assertThat(FORMAT.parseAnswer(message, style).leaving()).isFalse();
    }
  }

  @Test
  void shouldLookLikeAnAcknowledgementToThePythonPeer() {
    try (Message message = FORMAT.answer(Answer.farewell(null, 12), AnswerStyle.PLAIN)) {
      assertThat(UTF_8.decode(message.part(0).duplicate()).toString())
          .isEqualTo("Data received on device: 70FPJW3G ! seq=12 bye=1");
    }
  }
}
