package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Peer;
import io.netgear.spi.Message;
import io.netgear.testkit.LeakCheckingPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come as a peer's: greeting, frames, commands and messages are found in them or the
 * peer is turned away with a reason; the same ones however the stream is cut, and whether its bytes
 * are copied to where they belong or read straight into it; and every buffer comes back.
 *
 * <p>The inputs in {@code corpus} first, then changes to them for {@code -Dnetgear.fuzz.seconds} (1
 * unless told) from {@code -Dnetgear.fuzz.seed}. An input that fails is told as hexadecimal digits,
 * and belongs into {@code corpus} when it is mended.
 */
class ZmtpFuzzTest {
  private static final int LIMIT = 20_000;
  private static final int LONGEST = 30_000;
  private static final Peer PEER = Peer.at("tcp://127.0.0.1:5555");

  private static final byte[][] WORDS =
      Stream.of(
              "\0",
              "\1",
              "\2",
              "\4",
              "\5",
              "\u00ff",
              "\1\0",
              "\0\0",
              "\5READY",
              "\4PING\0\0",
              "\4PONG",
              "\5ERROR",
              "\11SUBSCRIBE",
              "\6CANCEL",
              "\13Socket-Type\0\0\0\4PUSH",
              "\2\0\0\0\0\0\0\0\1",
              "\2\0\0\0\0\0\0\u0020\0",
              "\2\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
              "\3\0\0\0\0\0\0\4\0",
              "\6\0\0\0\0\0\0\20\0",
              "\177\u00ff\u00ff\u00ff")
          .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
          .toArray(byte[][]::new);

  private final LeakCheckingPool pool = new LeakCheckingPool(3 * LIMIT);

  @Test
  void shouldSurviveWhateverComes() throws IOException, URISyntaxException {
    long seed = Long.getLong("netgear.fuzz.seed", System.nanoTime());
    long until =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("netgear.fuzz.seconds", 1));
    List<byte[]> corpus = corpus();
    assertThat(corpus).hasSizeGreaterThan(10);
    Random random = new Random(seed);
    corpus.forEach(input -> tryOut(input, random, seed));
    long inputs = corpus.size();
    while (System.nanoTime() < until) {
      tryOut(changed(corpus, random), random, seed);
      inputs++;
    }
    System.getLogger(ZmtpFuzzTest.class.getName())
        .log(System.Logger.Level.INFO, "{0} inputs, seed {1}", inputs, Long.toString(seed));
  }

  @Test
  void shouldFindWhatIsInTheCorpus() throws IOException, URISyntaxException {
    Path folder = Path.of(ZmtpFuzzTest.class.getResource("corpus").toURI());

    assertThat(outcome(Files.readAllBytes(folder.resolve("request")), SocketType.REP, null, false))
        .startsWith("greeted", "command READY REQ")
        .filteredOn(each -> each.startsWith("message of 2 parts, 3+"))
        .hasSize(2);
    assertThat(outcome(Files.readAllBytes(folder.resolve("curve")), SocketType.PULL, null, false))
        .singleElement()
        .asString()
        .contains("'CURVE'");
  }

  private static List<byte[]> corpus() throws IOException, URISyntaxException {
    Path folder = Path.of(ZmtpFuzzTest.class.getResource("corpus").toURI());
    List<byte[]> corpus = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        corpus.add(Files.readAllBytes(file));
      }
    }
    return corpus;
  }

  private static byte[] changed(List<byte[]> corpus, Random random) {
    byte[] input = corpus.get(random.nextInt(corpus.size())).clone();
    for (int changes = 1 + random.nextInt(6); changes > 0 && input.length > 0; changes--) {
      // mostly behind the greeting, most changes to which end the conversation
      int from = random.nextInt(8) == 0 ? 0 : Math.min(input.length - 1, Greeting.BYTES);
      int at = from + random.nextInt(input.length - from);
      int end = Math.min(input.length, at + 1 + random.nextInt(30));
      byte[] other = corpus.get(random.nextInt(corpus.size()));
      byte[] word = WORDS[random.nextInt(WORDS.length)];
      input =
          switch (random.nextInt(6)) {
            case 0 -> spliced(input, at, new byte[] {(byte) random.nextInt(256)}, at + 1);
            case 1 -> spliced(input, at, new byte[0], end);
            case 2 -> spliced(input, at, Arrays.copyOfRange(input, at, end), at);
            case 3 -> spliced(input, at, word, at);
            case 4 -> spliced(input, at, word, Math.min(input.length, at + word.length));
            default -> spliced(input, at, other, input.length);
          };
    }
    return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
  }

  private static byte[] spliced(byte[] input, int from, byte[] with, int to) {
    byte[] result = Arrays.copyOf(input, from + with.length + input.length - to);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(input, to, result, from + with.length, input.length - to);
    return result;
  }

  private void tryOut(byte[] input, Random random, long seed) {
    SocketType type = SocketType.values()[random.nextInt(SocketType.values().length)];
    try {
      List<String> whole = outcome(input, type, null, false);
      assertThat(outcome(input, type, random, false)).as("in pieces").isEqualTo(whole);
      assertThat(outcome(input, type, random, true)).as("read where it belongs").isEqualTo(whole);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed " + seed + ", as " + type + ", input " + HexFormat.of().formatHex(input) + ": " + e,
          e);
    }
  }

  /**
   * What an end of {@code type} makes of it.
   *
   * @param cuts where to cut it; null for not at all
   * @param landing whether to write bodies straight into their memory, as Netty does
   */
  private List<String> outcome(byte[] input, SocketType type, Random cuts, boolean landing) {
    Conversation conversation = new Conversation(type);
    int at = 0;
    try {
      while (at < input.length) {
        int most = cuts == null ? input.length : 1 + cuts.nextInt(200);
        int end = Math.min(input.length, at + most);
        at = conversation.take(input, at, end, landing);
      }
    } catch (Breach e) {
      conversation.found.add("turned away: " + e.getMessage());
    }
    conversation.end();
    pool.assertNothingLent();
    return conversation.found;
  }

  /** What a connection does with its bytes, without a connection. */
  private final class Conversation implements FrameReader.Sink {
    private final List<String> found = new ArrayList<>();
    private final SocketType type;
    private final Arrival arrival;
    private final Greeting greeting = new Greeting();
    private final FrameReader reader = new FrameReader(this);
    private boolean greeted;

    Conversation(SocketType type) {
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
