package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Address;
import io.netgear.Security;
import io.netgear.TransportException;
import io.netgear.spi.Availability;
import io.netgear.spi.Deadline;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.spi.Transport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * A contract that every transport meets is worth nothing: each of these transports has one fault.
 */
class TransportContractNoticesFaultsTest {
  @Test
  void shouldNoticeMemoryThatIsReadAfterItWasGivenBack() {
    assertNoticed(
        link ->
            new Passing(link) {
              @Override
              public SendResult send(Message message, Deadline deadline) {
                PooledBuffer[] stale = new PooledBuffer[message.parts()];
                for (int i = 0; i < stale.length; i++) {
                  stale[i] = PooledBuffer.unpooled(message.part(i).duplicate());
                }
                message.close();
                return super.send(Message.of(stale), deadline);
              }
            },
        TransportContract::shouldNotTouchMemoryThatItGaveBack);
  }

  @Test
  void shouldNoticePositionsThatAreIgnored() {
    assertNoticed(
        link ->
            new Passing(link) {
              @Override
              public SendResult send(Message message, Deadline deadline) {
                for (int i = 0; i < message.parts(); i++) {
                  ByteBuffer part = message.part(i);
                  part.position(0);
                }
                return super.send(message, deadline);
              }
            },
        TransportContract::shouldCarryMessagesOfAnySize);
  }

  @Test
  void shouldNoticePartsThatAreForgotten() {
    assertNoticed(
        link ->
            new Passing(link) {
              @Override
              public Message receive(Deadline deadline) {
                Message message = super.receive(deadline);
                if (message == null || message.parts() < 3) {
                  return message;
                }
                try (message) {
                  return Message.received(
                      List.of(message.retainPart(0), message.retainPart(1)), message.peer());
                }
              }
            },
        TransportContract::shouldKeepPartsApart);
  }

  @Test
  void shouldNoticeMessagesThatAreNotClosed() {
    assertNoticed(
        link ->
            new Passing(link) {
              @Override
              public void reply(Message message) {
                message.retainPart(0);
                super.reply(message);
              }
            },
        TransportContract::shouldGiveEachRequesterItsOwnReply);
  }

  @Test
  void shouldNoticeWaitsThatEndTooEarly() {
    assertNoticed(
        link ->
            new Passing(link) {
              @Override
              public Message receive(Deadline deadline) {
                return super.receive(LinkBench.atOnce());
              }
            },
        TransportContract::shouldReceiveNothingAtTheDeadline);
  }

  @Test
  void shouldNoticeRepliesThatAreNotAbandoned() {
    assertNoticed(
        link ->
            new Passing(link) {
              @Override
              public void abandon() {
                // Only what is there already is given up; what comes later is not.
                Message taken = super.receive(LinkBench.atOnce());
                if (taken != null) {
                  taken.close();
                }
              }
            },
        TransportContract::shouldIgnoreReplyThatComesAfterAbandoning);
  }

  @Test
  void shouldNoticeAddressThatIsNotNamed() {
    InMemoryTransport good = new InMemoryTransport(new InMemoryNetwork());
    assertNoticed(
        new PassingTransport(good) {
          @Override
          public Link open(LinkSpec spec) {
            try {
              return super.open(spec);
            } catch (TransportException e) {
              throw new TransportException("Could not bind.", e);
            }
          }
        },
        TransportContract::shouldSayWhichAddressIsInUse);
  }

  @Test
  void shouldNoticeSecurityThatIsDropped() {
    InMemoryTransport good = new InMemoryTransport(new InMemoryNetwork());
    assertNoticed(
        new PassingTransport(good) {
          @Override
          public Link open(LinkSpec spec) {
            return super.open(LinkBench.withSecurity(spec, Security.NONE));
          }
        },
        TransportContract::shouldRefuseSecurityThatItDoesNotKnow);
  }

  @Test
  void shouldNoticeLimitThatIsIgnored() {
    InMemoryTransport good = new InMemoryTransport(new InMemoryNetwork());
    assertNoticed(
        new PassingTransport(good) {
          @Override
          public Link open(LinkSpec spec) {
            return super.open(LinkBench.withLimit(spec, Long.MAX_VALUE));
          }
        },
        TransportContract::shouldRefuseMessageLargerThanItsLimit);
  }

  private interface ContractTest {
    void run(TransportContract contract, LinkBench bench) throws Exception;
  }

  private static void assertNoticed(UnaryOperator<Link> fault, ContractTest test) {
    InMemoryTransport good = new InMemoryTransport(new InMemoryNetwork());
    assertNoticed(
        new PassingTransport(good) {
          @Override
          public Link open(LinkSpec spec) {
            return fault.apply(super.open(spec));
          }
        },
        test);
  }

  private static void assertNoticed(Transport faulty, ContractTest test) {
    TransportContract contract = () -> faulty;
    LinkBench bench = new LinkBench(contract);
    assertThatThrownBy(
            () -> {
              try {
                test.run(contract, bench);
              } finally {
                bench.closeLinks();
              }
              bench.pool().assertNothingLent();
            })
        .isInstanceOfAny(AssertionError.class, IllegalStateException.class);
  }

  /** A transport that is as good as the one behind it. */
  private static class PassingTransport implements Transport {
    private final Transport behind;

    PassingTransport(Transport behind) {
      this.behind = behind;
    }

    @Override
    public String name() {
      return behind.name();
    }

    @Override
    public int spiVersion() {
      return behind.spiVersion();
    }

    @Override
    public Availability availability() {
      return behind.availability();
    }

    @Override
    public Set<LinkRole> roles() {
      return behind.roles();
    }

    @Override
    public Set<String> protocols() {
      return behind.protocols();
    }

    @Override
    public boolean accepts(Security security) {
      return behind.accepts(security);
    }

    @Override
    public Link open(LinkSpec spec) {
      return behind.open(spec);
    }
  }

  /** A link that is as good as the one behind it. */
  private static class Passing implements Link {
    private final Link behind;

    Passing(Link behind) {
      this.behind = behind;
    }

    @Override
    public SendResult send(Message message, Deadline deadline) {
      return behind.send(message, deadline);
    }

    @Override
    public Message receive(Deadline deadline) {
      return behind.receive(deadline);
    }

    @Override
    public void reply(Message message) {
      behind.reply(message);
    }

    @Override
    public void abandon() {
      behind.abandon();
    }

    @Override
    public List<Address> addresses() {
      return behind.addresses();
    }

    @Override
    public boolean closed() {
      return behind.closed();
    }

    @Override
    public void close() {
      behind.close();
    }
  }
}
