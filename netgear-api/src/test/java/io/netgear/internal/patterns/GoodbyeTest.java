package io.netgear.internal.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.Receipt.Status;
import io.netgear.internal.wire.PythonWireFormat;
import io.netgear.spi.Conduct;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Link;
import io.netgear.spi.Message;
import io.netgear.spi.Pattern;
import io.netgear.spi.SendConversation;
import io.netgear.spi.SendResult;
import io.netgear.spi.Ticker;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** To whom a sender says goodbye. */
class GoodbyeTest {
  private final CountingLink link = new CountingLink();

  static List<Pattern> patterns() {
    return List.of(
        new PairPattern(),
        new RequestReplyPattern(),
        new PublishSubscribePattern(),
        new PushPullPattern());
  }

  private SendConversation sending(Pattern pattern) {
    Conduct conduct =
        new Conduct(false, AnswerStyle.PLAIN, false, null, TimeUnit.MILLISECONDS.toNanos(20), 0, 0);
    return pattern.sending(
        new Dialogue(
            link, new PythonWireFormat(), conduct, Events.NONE, Ticker.SYSTEM, () -> false));
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void shouldNotWaitForSomebodyToSayGoodbyeToWhenNobodyIsThere(Pattern pattern) {
    SendConversation sending = sending(pattern);
    assertThat(sending.send(Message.of(new byte[] {1}), 0).status()).isEqualTo(Status.NO_PEER);

    sending.goodbye(Deadline.never(Ticker.SYSTEM));

    assertThat(link.sent).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void shouldTryToSayGoodbyeWhenNothingWasSent(Pattern pattern) {
    sending(pattern).goodbye(Deadline.never(Ticker.SYSTEM));

    assertThat(link.sent).isEqualTo(1);
  }

  /** Reaches nobody. */
  private static final class CountingLink implements Link {
    private int sent;

    @Override
    public SendResult send(Message message, Deadline deadline) {
      message.close();
      sent++;
      return SendResult.NO_PEER;
    }

    @Override
    public Message receive(Deadline deadline) {
      return null;
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
