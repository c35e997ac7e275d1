package io.netgear.internal.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.Receipt.Status;
import io.netgear.internal.wire.PythonWireFormat;
import io.netgear.spi.Answer;
import io.netgear.spi.Conduct;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Link;
import io.netgear.spi.Message;
import io.netgear.spi.SendConversation;
import io.netgear.spi.SendResult;
import io.netgear.spi.Ticker;
import io.netgear.spi.WireFormat;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AcknowledgedSendingTest {
  private final WireFormat wire = new PythonWireFormat();

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void shouldNotBeKeptFromItsTimeoutByAnswersToOtherFrames() {
    Conduct conduct =
        new Conduct(false, AnswerStyle.PLAIN, false, null, TimeUnit.MILLISECONDS.toNanos(20), 0, 0);
    SendConversation sending =
        new AcknowledgedSending(
            new Dialogue(new Flood(), wire, conduct, Events.NONE, Ticker.SYSTEM, () -> false),
            false);

    assertThat(sending.send(Message.of(new byte[] {1}), 7).status()).isEqualTo(Status.TIMED_OUT);
  }

  /** A peer that answers frame 3 without end. */
  private final class Flood implements Link {
    @Override
    public SendResult send(Message message, Deadline deadline) {
      message.close();
      return SendResult.SENT;
    }

    @Override
    public Message receive(Deadline deadline) {
      return wire.answer(Answer.acknowledgement(3, 1, 1), AnswerStyle.PLAIN);
    }

    @Override
    public void reply(Message message) {
      message.close();
    }

    @Override
    public void abandon() {}

    @Override
    public List<Address> addresses() {
      return List.of();
    }

    @Override
    public boolean closed() {
      return false;
    }

    @Override
    public void close() {}
  }
}
