package io.netgear.transport.netty.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.PixelFormat;
import io.netgear.Security;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.Ticker;
import io.netgear.spi.WebSpec;
import io.netgear.testkit.LeakCheckingPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
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
 * Whatever bytes come as a browser's: no exception gets out, what is answered is HTTP, and every
 * buffer comes back. The inputs in {@code corpus} first, then changes to them for {@code
 * -Dnetgear.fuzz.seconds} (1 unless told) from {@code -Dnetgear.fuzz.seed}. An input that fails is
 * told as hexadecimal digits, and belongs into {@code corpus} when it is mended.
 */
class WebFuzzTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final int LONGEST = 12_000;

  /** Enough for the page, a few pictures, and answers to all that a short input can ask. */
  private static final long MOST_ANSWERED = 200_000;

  private static final byte[][] WORDS =
      Stream.of(
              "\r\n",
              "\r\n\r\n",
              "GET ",
              "HTTP/1.1",
              "Host: ",
              "Host: localhost\r\n",
              "/live",
              "/stream.mjpg",
              "/snapshot.jpg",
              "?token=" + TOKEN,
              "%00",
              "%",
              "Upgrade: websocket",
              "Content-Length: 9999999999\r\n",
              "Content-Length: -1\r\n",
              "Connection: upgrade\r\n",
              "Transfer-Encoding: chunked\r\n",
              "Cookie: netgear_0=",
              "Sec-WebSocket-Key: ",
              "../",
              "Expect: 100-continue\r\n",
              "shown 1",
              "time ",
              "\0",
              "\u00ff",
              "\u0081\u0085",
              "\u0088\u0080\1\2\3\4",
              "\u0081\u00ff\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff")
          .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
          .toArray(byte[][]::new);

  private final LeakCheckingPool pool = new LeakCheckingPool();

  @Test
  void shouldSurviveWhateverComes() throws IOException, URISyntaxException {
    long seed = Long.getLong("netgear.fuzz.seed", System.nanoTime());
    long until =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("netgear.fuzz.seconds", 1));
    List<byte[]> corpus = corpus();
    assertThat(corpus).hasSizeGreaterThan(5);
    Random random = new Random(seed);
    corpus.forEach(input -> tryOut(input, random, seed));
    long inputs = corpus.size();
    while (System.nanoTime() < until) {
      tryOut(changed(corpus, random), random, seed);
      inputs++;
    }
    System.getLogger(WebFuzzTest.class.getName())
        .log(System.Logger.Level.INFO, "{0} inputs, seed {1}", inputs, Long.toString(seed));
  }

  private static List<byte[]> corpus() throws IOException, URISyntaxException {
    Path folder = Path.of(WebFuzzTest.class.getResource("corpus").toURI());
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
      int at = random.nextInt(input.length);
      int end = Math.min(input.length, at + 1 + random.nextInt(30));
      byte[] other = corpus.get(random.nextInt(corpus.size()));
      input =
          switch (random.nextInt(7)) {
            case 0 -> spliced(input, at, new byte[] {(byte) random.nextInt(256)}, at + 1);
            case 1 -> spliced(input, at, new byte[0], end);
            case 2 -> spliced(input, at, Arrays.copyOfRange(input, at, end), at);
            case 3 -> spliced(input, at, WORDS[random.nextInt(WORDS.length)], at);
            case 4 -> spliced(input, at, WORDS[random.nextInt(WORDS.length)], end);
            case 5 -> spliced(input, at, other, input.length);
            default -> repeated(input, at, end, random);
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

  private static byte[] repeated(byte[] input, int from, int to, Random random) {
    byte[] piece = Arrays.copyOfRange(input, from, to);
    byte[] many = new byte[piece.length * (1 + random.nextInt(200))];
    for (int i = 0; i < many.length; i++) {
      many[i] = piece[i % piece.length];
    }
    return spliced(input, from, many, from);
  }

  private void tryOut(byte[] input, Random random, long seed) {
    if (input.length == 0) {
      return;
    }
    try {
      feed(input, random);
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "seed " + seed + ", input " + HexFormat.of().formatHex(input) + ": " + e, e);
    }
  }

  private void feed(byte[] input, Random random) {
    EmbeddedChannel channel = new EmbeddedChannel();
    WebDoor door =
        new WebDoor(
            spec(), channel.eventLoop(), Runnable::run, 60_000, 60_000, (p, w) -> {}, () -> {});
    door.at(new Address("tcp", "127.0.0.1", 5555), new InetSocketAddress("127.0.0.1", 5555));
    door.open();
    show(door);
    int first = 1 + random.nextInt(input.length);
    door.enter(channel, Unpooled.copiedBuffer(input, 0, first), () -> {});
    for (int at = first; at < input.length && channel.isOpen(); ) {
      int end = Math.min(input.length, at + 1 + random.nextInt(200));
      channel.writeInbound(Unpooled.copiedBuffer(input, at, end - at));
      at = end;
      if (random.nextInt(4) == 0) {
        show(door);
        channel.runPendingTasks();
      }
    }
    channel.runPendingTasks();
    check(channel);
    door.close();
    door.finish();
    channel.finishAndReleaseAll();
    channel.checkException();
    assertThat(door.isEmpty()).isTrue();
    pool.assertNothingLent();
  }

  private static void check(EmbeddedChannel channel) {
    long answered = 0;
    StringBuilder begin = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      answered += out.readableBytes();
      if (begin.length() < 12) {
        begin.append(out.toString(0, Math.min(12, out.readableBytes()), StandardCharsets.US_ASCII));
      }
      out.release();
    }
    assertThat(answered).isLessThan(MOST_ANSWERED);
    assertThat(begin.isEmpty() || begin.toString().startsWith("HTTP/1.1 ")).isTrue();
    if (channel.isOpen()) { // a closed one has nobody left who could take the rest
      assertThat((Object) channel.readInbound()).as("what got through to nobody").isNull();
    }
  }

  private LinkSpec spec() {
    return new LinkSpec(
        LinkRole.PUBLISH,
        true,
        List.of(new Address("tcp", "127.0.0.1", 5555)),
        1,
        1 << 20,
        Security.NONE,
        pool,
        Events.NONE,
        Ticker.SYSTEM,
        "fuzzed",
        new WebSpec(TOKEN, 2, List.of()));
  }

  private void show(WebDoor door) {
    byte[] jpeg =
        HexFormat.of()
            .parseHex("ffd8ffc0000b08000100020101110000ffda0003" + "00".repeat(40) + "ffd9");
    PooledBuffer payload = pool.acquire(jpeg.length);
    payload.bytes().duplicate().put(jpeg);
    boolean unused =
        door.show(
            new FrameHeader(
                Encoding.jpeg(PixelFormat.BGR, true, false), null, "2", null, 1, 1, "s", 0),
            payload);
    payload.release();
  }
}
