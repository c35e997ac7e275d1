package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.RecordingEvents;
import io.netgear.transport.netty.Conversation.Turn;
import io.netgear.transport.netty.Conversation.Unit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes the place of either end in conversations that were recorded between two ends of libzmq or
 * of JeroMQ, whether it binds or connects: what it hears are the bytes of the other end, and what
 * it says is what was recorded, byte for byte. Two things may differ, as the standard has it: the
 * eight bytes of padding in the greeting, and the numbers of requests. And where the other end is
 * of ZMTP 3.0, ours greets as 3.1 and then speaks 3.0 with it.
 */
@Timeout(60)
class ConformanceTest {
  private static final int MINOR_AT = 11;
  private static final HexFormat HEX = HexFormat.of();

  /** Asks for a sign of life after 2 s, and waits for it as long. */
  private static final Timing RESTLESS = new Timing(20_000, 1_000, 2_000, 20, 100, 300);

  private final LeakCheckingPool pool = new LeakCheckingPool();
  private final RecordingEvents events = new RecordingEvents();
  private Links links;

  /** The number that ours gave to a request, by the number that was recorded. */
  private final Map<ByteBuffer, byte[]> numbers = new HashMap<>();

  @AfterEach
  void close() throws InterruptedException {
    if (links != null) {
      links.close();
    }
    pool.awaitNothingLent(Duration.ofSeconds(20));
  }

  private static Stream<Arguments> all() throws IOException, URISyntaxException {
    List<Arguments> all = new ArrayList<>();
    for (Conversation conversation : Conversation.all()) {
      for (boolean asFirst : new boolean[] {true, false}) {
        if (conversation.isTaken(asFirst)) {
          all.add(Arguments.of(conversation, asFirst, true));
          all.add(Arguments.of(conversation, asFirst, false));
        }
      }
    }
    return all.stream();
  }

  @Test
  void shouldHaveEveryRoleWithEitherVersionOfEither() throws IOException, URISyntaxException {
    List<String> found = new ArrayList<>();
    for (Conversation conversation : Conversation.all()) {
      for (boolean asFirst : new boolean[] {true, false}) {
        if (conversation.isTaken(asFirst)) {
          found.add(conversation.of() + " " + conversation.type(asFirst));
        }
      }
    }
    for (String of : List.of("libzmq 4.3.4, ZMTP 3.1", "libzmq 4.3.4, ZMTP 3.0", "JeroMQ 0.6.0")) {
      for (SocketType type : SocketType.values()) {
        assertThat(found).anyMatch(each -> each.startsWith(of) && each.endsWith(" " + type));
      }
    }
  }

  @ParameterizedTest(name = "{0}, in the place of the first: {1}, binding: {2}")
  @MethodSource("all")
  void shouldSayWhatWasRecorded(Conversation conversation, boolean asFirst, boolean bind)
      throws IOException {
    char own = asFirst ? '>' : '<';
    boolean asks =
        conversation.units().stream().anyMatch(unit -> unit.by() == own && unit.isPing());
    links = new Links(new NettyTransport(null, asks ? RESTLESS : Timing.USUAL), pool);
    SocketType type = conversation.type(asFirst);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Address address = new Address("tcp", "127.0.0.1", bind ? 0 : server.getLocalPort());
      Link link = links.open(role(type), bind, List.of(address), events, 1 << 20, 1);
      try (RawPeer peer =
          bind ? new RawPeer(link.addresses().get(0)) : new RawPeer(server.accept())) {
        replay(conversation, own, type, link, peer);
        if (conversation.endsInError()) {
          peer.awaitHangUp();
          await().until(() -> events.refused().size() == 1);
          assertThat(events.refused().get(0)).contains("turned this end away: 400");
        } else {
          server.close();
          link.close();
          byte[] rest = peer.readToEnd();
          assertThat(asks ? new byte[0] : rest).as("what ours said on top").isEmpty();
          assertThat(events.refused()).isEmpty();
        }
      }
    }
  }

  private static LinkRole role(SocketType type) {
    return Arrays.stream(LinkRole.values())
        .filter(role -> SocketType.of(role) == type)
        .findFirst()
        .orElseThrow();
  }

  private void replay(Conversation conversation, char own, SocketType type, Link link, RawPeer peer)
      throws IOException {
    for (Turn turn : conversation.turns()) {
      if (turn.by() == own) {
        if (turn.isMessage() && type != SocketType.SUB) {
          say(type, link, withoutEnvelope(type, turn.parts()));
        }
        boolean numbered = turn.isMessage() && type == SocketType.REQ;
        for (Unit unit : turn.units()) {
          assertSaid(unit, peer, numbered);
          numbered = false;
        }
      } else if (turn.wasSaid()) {
        for (Unit unit : turn.units()) {
          peer.bytes(turn.isMessage() ? renumbered(unit) : unit.bytes());
        }
        if (turn.isMessage() && type.receives()) {
          assertReceived(link, withoutEnvelope(type, turn.parts()));
        }
      } else if (type == SocketType.PUB) {
        List<byte[]> unwanted = List.of(turn.units().get(0).bytes());
        assertThat(link.send(message(unwanted), Links.in(0))).isEqualTo(SendResult.DROPPED);
      }
    }
  }

  /** What is the application's of a request or an answer: all behind the first empty part. */
  private static List<byte[]> withoutEnvelope(SocketType type, List<byte[]> parts) {
    if (type != SocketType.REQ && type != SocketType.REP) {
      return parts;
    }
    int delimiter = 0;
    while (parts.get(delimiter).length > 0) {
      delimiter++;
    }
    return parts.subList(delimiter + 1, parts.size());
  }

  private void say(SocketType type, Link link, List<byte[]> parts) {
    if (type == SocketType.REP) {
      link.reply(message(parts));
    } else {
      // a publisher says it to nobody until it has heard the subscription
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> link.send(message(parts), Links.in(20_000)) == SendResult.SENT);
    }
  }

  private void assertSaid(Unit expected, RawPeer peer, boolean isNumber) throws IOException {
    if (expected.isGreeting()) {
      byte[] greeting = peer.readGreeting();
      assertThat(greeting[MINOR_AT]).as("minor version").isEqualTo((byte) 1);
      assertThat(comparable(greeting)).isEqualTo(comparable(expected.bytes()));
      return;
    }
    byte[] said = peer.readFrame();
    while (new Unit(expected.by(), said).isPing() && !expected.isPing()) {
      said = peer.readFrame(); // where it asks for signs of life, it may do so at any time
    }
    if (isNumber) {
      assertThat(said).hasSameSizeAs(expected.bytes());
      numbers.put(ByteBuffer.wrap(expected.body()), Arrays.copyOfRange(said, 2, said.length));
      System.arraycopy(expected.body(), 0, said, 2, said.length - 2);
    }
    assertThat(HEX.formatHex(said)).isEqualTo(HEX.formatHex(expected.bytes()));
  }

  /** Without padding and minor version. */
  private static byte[] comparable(byte[] greeting) {
    byte[] comparable = greeting.clone();
    Arrays.fill(comparable, 1, 9, (byte) 0);
    comparable[MINOR_AT] = 0;
    return comparable;
  }

  /** The same as an answer to our request, if it is one. */
  private byte[] renumbered(Unit unit) {
    byte[] number = numbers.get(ByteBuffer.wrap(unit.body()));
    if (number == null) {
      return unit.bytes();
    }
    byte[] bytes = unit.bytes().clone();
    System.arraycopy(number, 0, bytes, 2, number.length);
    return bytes;
  }

  private static void assertReceived(Link link, List<byte[]> parts) {
    try (Message message = link.receive(Links.in(20_000))) {
      assertThat(message).isNotNull();
      assertThat(message.parts()).isEqualTo(parts.size());
      for (int i = 0; i < parts.size(); i++) {
        assertThat(message.part(i).duplicate()).isEqualTo(ByteBuffer.wrap(parts.get(i)));
      }
    }
  }

  /** From the pool, as frames are: large parts are written from where they lie. */
  private Message message(List<byte[]> parts) {
    PooledBuffer[] buffers = new PooledBuffer[parts.size()];
    for (int i = 0; i < buffers.length; i++) {
      byte[] bytes = parts.get(i);
      buffers[i] =
          bytes.length == 0
              ? PooledBuffer.unpooled(ByteBuffer.allocate(0))
              : pool.acquire(bytes.length);
      buffers[i].bytes().put(0, bytes);
    }
    return Message.of(buffers);
  }
}
