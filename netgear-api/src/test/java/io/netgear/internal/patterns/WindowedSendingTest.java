package io.netgear.internal.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.netgear.spi.SendConversation.Outcome;
import io.netgear.spi.SendResult;
import io.netgear.spi.Ticker;
import io.netgear.spi.WireFormat;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WindowedSendingTest {
  private static final long PLENTY_NS = TimeUnit.SECONDS.toNanos(50);
  private static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(20);

  private final WireFormat wire = new PythonWireFormat();
  private final Clock clock = new Clock();
  private final ScriptedLink link = new ScriptedLink();
  private boolean closing;
  private long sequence;

  private SendConversation sending(int window, long timeoutNs, int maxRetries) {
    Conduct conduct =
        new Conduct(false, AnswerStyle.PLAIN, false, null, false, window, timeoutNs, 0, maxRetries);
    return new WindowedSending(
        new Dialogue(link, wire, conduct, Events.NONE, clock, () -> closing));
  }

  private Outcome send(SendConversation sending) {
    return sending.send(Message.of(new byte[] {1}), sequence++);
  }

  /** One that has had its first answer. */
  private SendConversation running(int window, long timeoutNs, int maxRetries) {
    SendConversation sending = sending(window, timeoutNs, maxRetries);
    link.answer(0);
    assertThat(send(sending).status()).isEqualTo(Status.ACKNOWLEDGED);
    assertThat(sending.settled()).isEmpty();
    return sending;
  }

  private static List<Status> statuses(List<Outcome> outcomes) {
    return outcomes.stream().map(Outcome::status).toList();
  }

  @Test
  void shouldNotWaitWhileThereIsRoomInTheWindow() {
    SendConversation sending = running(4, PLENTY_NS, 0);

    // With a fourth on its way it would wait for an answer, and none comes.
    assertThat(List.of(send(sending), send(sending), send(sending)))
        .extracting(Outcome::status)
        .containsOnly(Status.SENT);
    assertThat(sending.settled()).isEmpty();
    assertThat(link.sent).isEqualTo(4);
  }

  @Test
  void shouldWaitForAnAnswerWhenTheWindowIsFull() {
    SendConversation sending = running(3, SHORT_NS, 0);
    send(sending);
    send(sending);

    Outcome last = send(sending);

    assertThat(last.status()).isEqualTo(Status.TIMED_OUT);
    assertThat(statuses(sending.settled())).containsExactly(Status.TIMED_OUT, Status.TIMED_OUT);
    assertThat(link.abandoned).isEqualTo(1);
  }

  @Test
  void shouldTellLaterWhatBecameOfEachFrame() {
    SendConversation sending = running(4, PLENTY_NS, 0);
    send(sending);
    send(sending);
    clock.pass(SHORT_NS);
    link.answer(1);
    link.answer(2);

    assertThat(send(sending).status()).isEqualTo(Status.SENT);
    List<Outcome> earlier = sending.settled();
    assertThat(statuses(earlier)).containsExactly(Status.ACKNOWLEDGED, Status.ACKNOWLEDGED);
    assertThat(earlier).allSatisfy(outcome -> assertThat(outcome.roundTripNanos()).isPositive());
    assertThat(sending.settled()).isEmpty();
  }

  @Test
  void shouldTakeAnAnswerWithoutANumberAsThatOfTheOldest() {
    SendConversation sending = running(4, PLENTY_NS, 0);
    send(sending);
    send(sending);
    link.text("Data received on device: 70FPJW3G !");

    send(sending);

    assertThat(statuses(sending.settled())).containsExactly(Status.ACKNOWLEDGED);
  }

  @Test
  void shouldCountAsLostWhatWasPassedOver() {
    SendConversation sending = running(4, PLENTY_NS, 0);
    send(sending);
    send(sending);
    link.answer(2);

    send(sending);

    assertThat(statuses(sending.settled())).containsExactly(Status.TIMED_OUT, Status.ACKNOWLEDGED);
  }

  @Test
  void shouldTakeNoAnswerTwice() {
    SendConversation sending = running(4, PLENTY_NS, 0);
    send(sending);
    link.answer(0);
    link.answer(1);
    link.answer(1);

    send(sending);
    send(sending);

    assertThat(statuses(sending.settled())).containsExactly(Status.ACKNOWLEDGED);
  }

  @Test
  void shouldGiveUpAnswersThatAreOverdueBeforeItSends() {
    SendConversation sending = running(8, SHORT_NS, 0);
    send(sending);
    clock.pass(2 * SHORT_NS);

    assertThat(send(sending).status()).isEqualTo(Status.SENT);
    assertThat(statuses(sending.settled())).containsExactly(Status.TIMED_OUT);
    assertThat(link.abandoned).isEqualTo(1);
  }

  @Test
  void shouldGiveUpAfterTooManyFailuresAndAccountForEveryFrame() {
    SendConversation sending = running(2, SHORT_NS, 1);
    send(sending);

    assertThatThrownBy(() -> send(sending)).isInstanceOf(GaveUpException.class);
    assertThat(statuses(sending.settled())).containsExactly(Status.TIMED_OUT);
  }

  @Test
  void shouldLeaveFramesOnTheirWayToTheGoodbyeWhenItIsClosed() {
    SendConversation sending = running(2, PLENTY_NS, 0);
    send(sending);
    closing = true;

    assertThat(send(sending).status()).isEqualTo(Status.SENT);
    link.answer(1);
    sending.goodbye(Deadline.afterNanos(4 * SHORT_NS, clock));

    assertThat(statuses(sending.settled())).containsExactly(Status.ACKNOWLEDGED, Status.CLOSED);
    assertThat(link.last).contains("terminate_flag");
  }

  @Test
  void shouldSayNoGoodbyeToAPeerThatLeft() {
    SendConversation sending = running(4, PLENTY_NS, 0);
    send(sending);
    link.leave(1);
    int sentBefore = link.sent;

    sending.goodbye(Deadline.afterNanos(4 * SHORT_NS, clock));

    assertThat(link.sent).isEqualTo(sentBefore);
    assertThat(statuses(sending.settled())).containsExactly(Status.CLOSED);
  }

  @Test
  void shouldNotBeKeptFromItsDeadlineByAFloodOfAnswers() {
    SendConversation sending = running(2, SHORT_NS, 0);
    send(sending);
    link.flood = true;

    assertThat(send(sending).status()).isEqualTo(Status.TIMED_OUT);
  }

  /** Goes on only while the sender waits, so that nothing is late because a machine is slow. */
  private static final class Clock implements Ticker {
    private long nanos;

    void pass(long time) {
      nanos += time;
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public long epochMicros() {
      return nanos / 1_000;
    }

    @Override
    public void await(Lock lock, Condition condition, long untilNanos) {
      nanos = Math.max(nanos, untilNanos);
    }
  }

  /** A peer of which the test writes the answers. */
  private final class ScriptedLink implements Link {
    private final Deque<Message> answers = new ArrayDeque<>();
    int sent;
    int abandoned;
    boolean flood;
    String last;

    void answer(long number) {
      answers.add(wire.answer(Answer.acknowledgement(number, 1, 1), AnswerStyle.PLAIN));
    }

    void leave(long number) {
      answers.add(wire.answer(Answer.farewell(null, number), AnswerStyle.PLAIN));
    }

    void text(String text) {
      answers.add(Message.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Override
    public SendResult send(Message message, Deadline deadline) {
      last = java.nio.charset.StandardCharsets.UTF_8.decode(message.part(0).duplicate()).toString();
      message.close();
      sent++;
      return SendResult.SENT;
    }

    @Override
    public Message receive(Deadline deadline) {
      if (flood) {
        clock.pass(SHORT_NS / 10);
        return wire.answer(Answer.acknowledgement(0, 1, 1), AnswerStyle.PLAIN);
      }
      if (answers.isEmpty()) {
        clock.pass(Math.max(0, deadline.remainingNanos()));
      }
      return answers.poll();
    }

    @Override
    public void reply(Message message) {
      message.close();
    }

    @Override
    public void abandon() {
      abandoned++;
      answers.clear();
    }

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
