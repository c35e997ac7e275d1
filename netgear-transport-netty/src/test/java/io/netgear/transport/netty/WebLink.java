package io.netgear.transport.netty;

import io.netgear.Address;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.Security;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.Ticker;
import io.netgear.spi.WebSpec;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.testkit.RecordingEvents;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** A link that publishes and serves browsers, and what tests want of it. */
final class WebLink implements AutoCloseable {
  static final WebSpec OPEN = new WebSpec("", 4, List.of());

  final LeakCheckingPool pool = new LeakCheckingPool();
  final RecordingEvents events = new RecordingEvents();
  final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();
  final Link link;
  private long sequence;

  WebLink() {
    this(OPEN, Timing.USUAL);
  }

  WebLink(WebSpec web, Timing timing) {
    this("127.0.0.1", 0, web, timing);
  }

  WebLink(String host, int port, WebSpec web, Timing timing) {
    this(new Address("tcp", host, port), Security.NONE, web, timing);
  }

  WebLink(Address address, Security security, WebSpec web, Timing timing) {
    this.link =
        new NettyTransport(null, timing)
            .open(
                new LinkSpec(
                    LinkRole.PUBLISH,
                    true,
                    List.of(address),
                    1,
                    64 << 20,
                    security,
                    pool,
                    events,
                    Ticker.SYSTEM,
                    "camera <1>",
                    web));
  }

  int port() {
    return link.addresses().get(0).port();
  }

  /** As a number, without the token. */
  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  HttpResponse<byte[]> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client
        .sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
        .orTimeout(30, java.util.concurrent.TimeUnit.SECONDS)
        .join();
  }

  String text(String path, String... headers) {
    return new String(get(path, headers).body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Shows a JPEG, and answers whether anybody watched. */
  boolean show(byte[] jpeg) {
    return show(jpeg, Encoding.jpeg(PixelFormat.BGR, true, false));
  }

  boolean showRaw() {
    return show(new byte[12], Encoding.raw(FrameFormat.of(2, 2, PixelFormat.BGR)));
  }

  private boolean show(byte[] bytes, Encoding encoding) {
    PooledBuffer payload = pool.acquire(bytes.length);
    ByteBuffer memory = payload.bytes();
    memory.duplicate().put(bytes);
    FrameHeader header =
        new FrameHeader(
            encoding,
            null,
            "2",
            null,
            sequence++,
            Ticker.SYSTEM.epochMicros(),
            "cam",
            FrameHeader.UNKNOWN_OFFSET);
    boolean watched = link.show(header, payload);
    payload.release();
    return watched;
  }

  /** What begins like a JPEG of that size, and is told from others by its number. */
  static byte[] jpeg(int width, int height, int length, int number) {
    ByteBuffer jpeg = ByteBuffer.allocate(length);
    jpeg.putShort((short) 0xFFD8).putShort((short) 0xFFE0).putShort((short) 6).putInt(number);
    jpeg.putShort((short) 0xFFC0).putShort((short) 11).put((byte) 8);
    jpeg.putShort((short) height).putShort((short) width);
    jpeg.put(new byte[] {1, 1, 17, 0});
    for (int i = jpeg.position(); i < length - 2; i++) {
      jpeg.put((byte) (number * 31 + i % 251));
    }
    return jpeg.putShort((short) 0xFFD9).array();
  }

  /** The number that {@link #jpeg} was made with. */
  static int number(byte[] jpeg) {
    return ByteBuffer.wrap(jpeg).getInt(6);
  }

  void awaitNothingLent() throws InterruptedException {
    pool.awaitNothingLent(Duration.ofSeconds(20));
  }

  @Override
  public void close() {
    link.close();
  }
}
