package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netgear.Peer;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.WebSpec;
import io.netgear.testkit.LeakCheckingPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come as a peer's, to an end that was connected to or has connected: greeting,
 * frames, commands and messages are found in them or the peer is turned away with a reason; the
 * same ones however the stream is cut, and whether its bytes are copied to where they belong or
 * read straight into it; and nothing of it is left when the link has ended.
 *
 * <p>An input is a {@link FuzzedInput}. A build tries the kept ones, and {@code build-tools/fuzz}
 * new ones.
 */
class ZmtpFuzzTest {
  private static final int LIMIT = FuzzedLink.LIMIT;
  private static final Peer PEER = Peer.at("tcp://127.0.0.1:5555");

  private final LeakCheckingPool pool = new LeakCheckingPool(3 * LIMIT);

  @DictionaryFile(resourcePath = "zmtp.dict")
  @FuzzTest
  void shouldTakeOrRefuseWhateverAPeerSays(byte[] data) {
    FuzzedInput input = new FuzzedInput(data);
    LinkRole role = LinkRole.values()[input.role(LinkRole.values().length)];
    List<String> whole = outcome(input, role, false, false);
    assertThat(outcome(input, role, true, false)).as("in pieces").isEqualTo(whole);
    assertThat(outcome(input, role, true, true)).as("read where it belongs").isEqualTo(whole);
    connect(input, role);
  }

  private static void connect(FuzzedInput input, LinkRole role) {
    boolean dials = input.has(FuzzedInput.DIALS);
    boolean served = input.has(FuzzedInput.WEB) && !dials && role == LinkRole.PUBLISH;
    WebSpec web = served ? new WebSpec(FuzzedLink.TOKEN, 1, List.of()) : null;
    FuzzedLink link = new FuzzedLink(input, role, dials, web);
    link.hearAll();
    byte[] said = link.said();
    if (!startsWith(said, "HTTP/1.1 ")) {
      assertWhole(said);
    }
    link.end();
  }

  private static boolean startsWith(byte[] said, String words) {
    return new String(said, StandardCharsets.ISO_8859_1).startsWith(words);
  }

  /** A greeting, and frames to the last byte. */
  private static void assertWhole(byte[] said) {
    if (said.length == 0) {
      return;
    }
    assertThat(Arrays.copyOf(said, Greeting.BYTES)).isEqualTo(Greeting.own());
    int at = Greeting.BYTES;
    while (at < said.length) {
      boolean isLong = (said[at] & Frame.LONG) != 0;
      ByteBuffer header = ByteBuffer.wrap(said, at + 1, said.length - at - 1);
      at += isLong ? Frame.MOST_HEADER + (int) header.getLong() : 2 + (header.get() & 0xFF);
    }
    assertThat(at).as("the end of the last frame").isEqualTo(said.length);
  }

  @Test
  void shouldMakeOfTheKeptInputsWhatTheyAreKeptFor() throws IOException {
    assertThat(outcome(kept("reply-request"), LinkRole.REPLY, false, false))
        .startsWith("greeted", "command READY REQ")
        .filteredOn(each -> each.startsWith("message of 2 parts, 3+"))
        .hasSize(2);
    assertThat(outcome(kept("pull-curve"), LinkRole.PULL, false, false))
        .singleElement()
        .asString()
        .contains("'CURVE'");
  }

  private static FuzzedInput kept(String name) throws IOException {
    String at = "ZmtpFuzzTestInputs/shouldTakeOrRefuseWhateverAPeerSays/" + name;
    try (InputStream file = ZmtpFuzzTest.class.getResourceAsStream(at)) {
      assertThat(file).as(at).isNotNull();
      return new FuzzedInput(file.readAllBytes());
    }
  }

  /**
   * What an end in {@code role} makes of it, without a connection.
   *
   * @param pieces whether to cut it where the input says, or not at all
   * @param landing whether to write bodies straight into their memory, as Netty does
   */
  private List<String> outcome(FuzzedInput input, LinkRole role, boolean pieces, boolean landing) {
    Stream stream = new Stream(SocketType.of(role));
    byte[] bytes = input.said();
    int at = 0;
    try {
      while (at < bytes.length) {
        int end = pieces ? input.endOfPiece(at) : bytes.length;
        at = stream.take(bytes, at, end, landing);
      }
    } catch (Breach e) {
      stream.found.add("turned away: " + e.getMessage());
    }
    stream.end();
    pool.assertNothingLent();
    return stream.found;
  }

  /** What a connection does with its bytes, without a connection. */
  private final class Stream implements FrameReader.Sink {
    private final List<String> found = new ArrayList<>();
    private final SocketType type;
    private final Arrival arrival;
    private final Greeting greeting = new Greeting();
    private final FrameReader reader = new FrameReader(this);
    private boolean greeted;

    Stream(SocketType type) {
      this.type = type;
      arrival = new Arrival(type, LIMIT, new Reservations(pool), PEER);
    }

    /** Answers how far it got. */
    int take(byte[] input, int from, int to, boolean landing) throws Breach {
      ByteBuf place = landing ? reader.landing() : null;
      if (place != null) {
        int count = Math.min(place.writableBytes(), to - from);
        place.writeBytes(input, from, count);
        reader.landed();
        return from + count;
      }
      ByteBuf in = Unpooled.wrappedBuffer(input, from, to - from);
      if (!greeted && greeting.read(in)) {
        greeted = true;
        found.add("greeted");
      }
      if (greeted) {
        reader.read(in);
      }
      return to - in.readableBytes();
    }

    void end() {
      reader.letGo();
      arrival.done();
    }

    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public ByteBuffer begin(boolean more, long length) throws Breach {
      return arrival.begin(length);
    }

    @Override
    public void end(boolean more) {
      arrival.end();
      if (more) {
        return;
      }
      Received received = type.receives() ? arrival.message() : null;
      if (received != null) {
        found.add(describe(received));
        received.message().close();
      } else {
        found.add(type.receives() ? arrival.flaw() : "asked with " + arrival.soleBytes().length);
      }
      arrival.done();
    }

    private String describe(Received received) {
      Message message = received.message();
      StringBuilder text = new StringBuilder("message of " + message.parts() + " parts, ");
      text.append(received.envelope() == null ? 0 : received.envelope().length + 1).append('+');
      text.append(received.request());
      for (int i = 0; i < message.parts(); i++) {
        text.append(' ').append(message.part(i).remaining());
        text.append('/').append(message.part(i).hashCode());
      }
      return text.toString();
    }

    @Override
    public void command(Command command) throws Breach {
      String more =
          switch (command.name()) {
            case "READY" -> command.socketType();
            case "PING" -> HexFormat.of().formatHex(command.pong().data());
            case "ERROR" -> command.reason();
            default -> Integer.toString(command.data().length);
          };
      found.add("command " + command.name() + " " + more);
    }
  }
}
