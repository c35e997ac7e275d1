package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Address;
import io.netgear.Security;
import io.netgear.TransportException;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Provider;
import io.netgear.spi.Transport;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What a transport refuses, and how it presents itself. */
public interface LinkDefenceContract extends TransportUnderTest {
  @Test
  default void shouldRefuseMessageLargerThanItsLimit(LinkBench bench) throws InterruptedException {
    for (RolePair pair : RolePair.of(bench.transport())) {
      RecordingEvents events = new RecordingEvents();
      LinkSpec small = LinkBench.withLimit(bench.spec(pair.receiver(), true, events), 10_000);
      Link receiver = bench.open(small);
      Link sender = bench.connect(pair.sender(), receiver);
      if (pair.sender() == LinkRole.PUBLISH) {
        bench.meet(sender, receiver);
      }
      byte[][][] tooLarge = {{new byte[10_001]}, {new byte[6_000], new byte[6_000]}};
      for (int i = 0; i < tooLarge.length; i++) {
        bench.send(sender, tooLarge[i]);
        assertThat(bench.receivePartsBriefly(receiver)).as("too large for %s", pair).isNull();
        events.awaitRefused(i + 1);
        if (pair.answers()) {
          sender.abandon();
        }
        sendUntilReceived(bench, pair, sender, receiver, new byte[10_000]);
      }
      sender.close();
      receiver.close();
    }
  }

  /**
   * A refusal may cost the connection, and with it what was sent before a new one was there; and
   * what was given up may arrive late.
   */
  private static void sendUntilReceived(
      LinkBench bench, RolePair pair, Link sender, Link receiver, byte[] bytes) {
    byte[][] received = null;
    for (int i = 0; received == null; i++) {
      assertThat(i).as("messages by %s until one arrived", pair).isLessThan(300);
      if (i > 0 && pair.answers()) {
        sender.abandon();
      }
      bytes[0] = (byte) i;
      bytes[1] = (byte) (i >> 8);
      sender.send(bench.message(bytes), LinkBench.briefly());
      received = bench.receivePartsBriefly(receiver);
      while (received != null && (received[0][0] != bytes[0] || received[0][1] != bytes[1])) {
        received = bench.receivePartsBriefly(receiver);
      }
    }
    assertThat(received[0]).as("%s", pair).isEqualTo(bytes);
    if (pair.answers()) {
      receiver.reply(bench.message(bytes));
      assertThat(bench.receiveParts(sender)[0]).as("%s", pair).isEqualTo(bytes);
    }
  }

  @Test
  default void shouldRefuseSecurityThatItDoesNotKnow(LinkBench bench) {
    Security unknown =
        new Security() {
          @Override
          public String describe() {
            return "a rusty padlock";
          }
        };
    assertThat(bench.transport().accepts(Security.NONE)).isTrue();
    assertThat(bench.transport().accepts(unknown)).isFalse();
    for (LinkRole role : bench.transport().roles()) {
      LinkSpec padlocked = LinkBench.withSecurity(bench.spec(role, true), unknown);
      assertThatThrownBy(() -> bench.open(padlocked))
          .as("%s", role)
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("a rusty padlock");
    }
  }

  @Test
  default void shouldRefuseProtocolThatItDoesNotSpeak(LinkBench bench) {
    LinkRole role = bench.transport().roles().iterator().next();
    for (boolean bind : new boolean[] {true, false}) {
      LinkSpec spec = bench.spec(role, bind, Address.parse("smoke-signals://hill:7"));
      assertThatThrownBy(() -> bench.open(spec))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("smoke-signals");
    }
  }

  @Test
  default void shouldPresentItself(LinkBench bench) {
    Transport transport = bench.transport();
    assertThat(transport.name()).matches("[a-z][a-z0-9-]*");
    assertThat(transport.spiVersion()).isEqualTo(Provider.SPI_VERSION);
    assertThat(transport.availability().available()).isTrue();
    assertThat(transport.availability().detail()).isNotBlank();
    assertThat(transport.roles()).isNotEmpty();
    assertThat(RolePair.of(transport)).as("roles that talk to each other").isNotEmpty();
    assertThat(transport.protocols()).contains(bindAddress().protocol());
  }

  @Test
  default void shouldBeFoundByItsName(LinkBench bench) {
    Transport transport = bench.transport();
    assertThat(ServiceLoader.load(Transport.class))
        .as("transports that ServiceLoader finds")
        .anySatisfy(
            found -> {
              assertThat(found.name()).isEqualTo(transport.name());
              assertThat(found).isInstanceOf(transport.getClass());
            });
  }
}
