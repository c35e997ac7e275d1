package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.SendResult;
import io.netgear.spi.Ticker;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.RecordingEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A link that connects to the local end of a tunnel asks for the peer at the other one, whose name
 * need not be known here.
 */
@Timeout(60)
class ThroughTest {
  private static final Address FAR = new Address("tls", "cam.example.org", 5555);

  @TempDir Path directory;

  private static LinkSpec spec(Links links, Link near, TlsSecurity security, Events events) {
    Address local = new Address("tcp", "127.0.0.1", near.addresses().get(0).port());
    return new LinkSpec(
        LinkRole.PUSH,
        false,
        List.of(FAR),
        1,
        1 << 20,
        security,
        links.pool,
        events,
        Ticker.SYSTEM,
        "push",
        null,
        local);
  }

  private static Link bound(Links links, TlsSecurity security) {
    return links.open(
        LinkRole.PULL, true, List.of(new Address("tls", "127.0.0.1", 0)), Events.NONE, security);
  }

  @ParameterizedTest
  @EnumSource
  void shouldMeetThePeerWhoseCertificateIsForTheFarEnd(TlsEngine engine) throws Exception {
    Ends ends = new Ends(directory);
    NettyTransport transport = new NettyTransport();
    try (Links links = new Links(transport, new LeakCheckingPool());
        Link pull = bound(links, ends.end("elsewhere").by(engine));
        Link push = transport.open(spec(links, pull, ends.end("good").by(engine), Events.NONE))) {
      assertThat(push.send(Links.text("far"), Links.in(20_000))).isEqualTo(SendResult.SENT);
      assertThat(Links.receiveText(pull, 20_000)).isEqualTo("far");
      assertThat(push.addresses()).containsExactly(FAR);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseThePeerWhoseCertificateIsForTheNearEnd(TlsEngine engine) throws Exception {
    Ends ends = new Ends(directory);
    NettyTransport transport = new NettyTransport();
    RecordingEvents events = new RecordingEvents();
    TlsSecurity good = ends.end("good").by(engine);
    try (Links links = new Links(transport, new LeakCheckingPool());
        Link pull = bound(links, good);
        Link push = transport.open(spec(links, pull, good, events))) {
      await().atMost(Duration.ofSeconds(20)).until(() -> !events.refused().isEmpty());

      assertThat(events.refused().get(0))
          .contains("is for localhost, 127.0.0.1, not for the host that was asked for");
      assertThat(push.send(Links.text("near"), Links.in(100))).isNotEqualTo(SendResult.SENT);
    }
  }
}
