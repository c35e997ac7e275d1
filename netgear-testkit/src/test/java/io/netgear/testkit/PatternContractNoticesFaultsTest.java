package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Events;
import io.netgear.Peer;
import io.netgear.QueuePolicy;
import io.netgear.StreamEnd;
import io.netgear.spi.Answer;
import io.netgear.spi.Availability;
import io.netgear.spi.Conduct;
import io.netgear.spi.Deadline;
import io.netgear.spi.Dialogue;
import io.netgear.spi.Feature;
import io.netgear.spi.Inbox;
import io.netgear.spi.Incoming;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.Pattern;
import io.netgear.spi.ReceiveConversation;
import io.netgear.spi.SendConversation;
import io.netgear.spi.WireFormat;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each of these patterns has one fault, and the contract must see it. */
class PatternContractNoticesFaultsTest {
  @Test
  void shouldNoticeAcknowledgementWithoutSlot() {
    assertNoticed(
        new Passing() {
          @Override
          public ReceiveConversation receiving(Dialogue dialogue, Inbox inbox) {
            return super.receiving(dialogue, new Overbooked(inbox));
          }
        },
        PatternContract::shouldAcknowledgeOnlyWithSlotTaken);
  }

  @Test
  void shouldNoticeSenderThatNeverGivesUp() {
    assertNoticed(
        new Passing() {
          @Override
          public SendConversation sending(Dialogue dialogue) {
            return super.sending(with(dialogue, dialogue.events(), PatternBench.TIMEOUT, 0));
          }
        },
        PatternContract::shouldGiveUpAfterTheLastRetry);
  }

  @Test
  void shouldNoticeBudgetThatIsNotRestored() {
    assertNoticed(
        new Passing() {
          @Override
          public SendConversation sending(Dialogue dialogue) {
            SendConversation impatient =
                super.sending(with(dialogue, dialogue.events(), PatternBench.TIMEOUT, 0));
            return new SendConversation() {
              private int failures;

              @Override
              public Outcome send(Message frame, long sequence) {
                Outcome outcome = impatient.send(frame, sequence);
                failures += outcome.answer() == null ? 1 : 0;
                if (failures == 3) {
                  throw new io.netgear.TransportException("Three failures in all.");
                }
                return outcome;
              }

              @Override
              public void goodbye(Deadline deadline) {
                impatient.goodbye(deadline);
              }
            };
          }
        },
        PatternContract::shouldRestoreTheBudgetWithEachSuccess);
  }

  @Test
  void shouldNoticeTimeoutThatIsTooShort() {
    assertNoticed(
        new Passing() {
          @Override
          public SendConversation sending(Dialogue dialogue) {
            Duration shorter = PatternBench.TIMEOUT.minusMillis(2);
            return super.sending(with(dialogue, dialogue.events(), shorter, 3));
          }
        },
        PatternContract::shouldTimeOutAfterTheRequestTimeoutAndNotBefore);
  }

  @Test
  void shouldNoticeSenderThatTakesAnyAnswer() {
    assertNoticed(
        new Passing("pair") {
          @Override
          public SendConversation sending(Dialogue dialogue) {
            return super.sending(
                new Dialogue(
                    dialogue.link(),
                    withoutSequence(dialogue.wire()),
                    dialogue.conduct(),
                    dialogue.events(),
                    dialogue.ticker(),
                    dialogue.closing()));
          }
        },
        PatternContract::shouldNotTakeTheAnswerToAnotherFrameForItsOwn);
  }

  /** Parses answers as if they did not say which frame they answer. */
  private static WireFormat withoutSequence(WireFormat wire) {
    return (WireFormat)
        Proxy.newProxyInstance(
            WireFormat.class.getClassLoader(),
            new Class<?>[] {WireFormat.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(wire, arguments);
              return result instanceof Answer answer
                  ? Answer.acknowledgement(-1, answer.receivedMicros(), answer.answeredMicros())
                  : result;
            });
  }

  @Test
  void shouldNoticeBadMessagesThatAreNotReported() {
    assertNoticed(
        new Passing() {
          @Override
          public ReceiveConversation receiving(Dialogue dialogue, Inbox inbox) {
            return super.receiving(with(dialogue, Events.NONE, PatternBench.TIMEOUT, 3), inbox);
          }
        },
        PatternContract::shouldCountAndSkipMessagesThatAreNone);
  }

  @Test
  void shouldNoticeGoodbyeThatIsIgnored() {
    assertNoticed(
        new Passing() {
          @Override
          public ReceiveConversation receiving(Dialogue dialogue, Inbox inbox) {
            ReceiveConversation good = super.receiving(dialogue, inbox);
            return deadline -> {
              good.serve(deadline);
              return true;
            };
          }
        },
        PatternContract::shouldEndWithGoodbye);
  }

  private interface ContractTest {
    void run(PatternContract contract, PatternBench bench) throws Exception;
  }

  private static void assertNoticed(Pattern faulty, ContractTest test) {
    PatternContract contract = () -> faulty;
    PatternBench bench = new PatternBench(faulty, Duration.ofSeconds(1));
    assertThatThrownBy(
            () -> {
              try {
                test.run(contract, bench);
              } finally {
                bench.close();
              }
            })
        .isInstanceOfAny(AssertionError.class, java.util.concurrent.ExecutionException.class);
  }

  private static Dialogue with(Dialogue dialogue, Events events, Duration timeout, int maxRetries) {
    Conduct conduct = dialogue.conduct();
    return new Dialogue(
        dialogue.link(),
        dialogue.wire(),
        new Conduct(
            conduct.returnsData(),
            conduct.answerStyle(),
            conduct.multiServer(),
            conduct.port(),
            timeout.toNanos(),
            conduct.idleLimitNs(),
            maxRetries),
        events,
        dialogue.ticker(),
        dialogue.closing());
  }

  /** Takes every frame at once, slot or not. */
  private record Overbooked(Inbox behind) implements Inbox {
    @Override
    public boolean reserve(Deadline deadline) {
      return true;
    }

    @Override
    public PendingAnswer put(Incoming.FrameArrived frame, Peer peer, long receivedMicros) {
      return behind.put(frame, peer, receivedMicros);
    }

    @Override
    public void end(StreamEnd end) {
      behind.end(end);
    }
  }

  /** A pattern, with a place for a fault on each side. */
  private static class Passing implements Pattern {
    private final Pattern good;

    Passing() {
      this("request-reply");
    }

    Passing(String name) {
      good = BuiltIn.pattern(name);
    }

    @Override
    public String name() {
      return good.name();
    }

    @Override
    public int spiVersion() {
      return good.spiVersion();
    }

    @Override
    public Availability availability() {
      return good.availability();
    }

    @Override
    public int number() {
      return good.number();
    }

    @Override
    public LinkRole senderRole() {
      return good.senderRole();
    }

    @Override
    public LinkRole receiverRole() {
      return good.receiverRole();
    }

    @Override
    public Set<Feature> features() {
      return good.features();
    }

    @Override
    public QueuePolicy defaultQueue() {
      return good.defaultQueue();
    }

    @Override
    public SendConversation sending(Dialogue dialogue) {
      return good.sending(dialogue);
    }

    @Override
    public ReceiveConversation receiving(Dialogue dialogue, Inbox inbox) {
      return good.receiving(dialogue, inbox);
    }
  }
}
