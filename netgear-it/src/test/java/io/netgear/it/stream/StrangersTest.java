package io.netgear.it.stream;

import static io.netgear.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import io.netgear.testkit.Threads;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections of strangers at a receiver's port while frames come in: noise, another security
 * mechanism, another pattern, frames of any length, half greetings, silence. So many as the system
 * property {@code netgear.strangers} says.
 */
@Timeout(300)
class StrangersTest {
  private static final int COUNT = Integer.getInteger("netgear.strangers", 1000);
  private static final int SILENT = 100;
  private static final int KINDS = 6;
  private static final Frame FRAME = Stream.gradient(FrameFormat.of(320, 240, PixelFormat.BGR));

  private static byte[] greeting(String mechanism) {
    ByteBuffer greeting = ByteBuffer.allocate(64);
    greeting.put(0, (byte) 0xFF).put(9, (byte) 0x7F).put(10, (byte) 3).put(11, (byte) 1);
    return greeting.put(12, mechanism.getBytes(StandardCharsets.US_ASCII)).array();
  }

  private static byte[] ready(String type) {
    String command = "\5READY\13Socket-Type\0\0\0" + (char) type.length() + type;
    byte[] body = command.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(2 + body.length)
        .put((byte) 4)
        .put((byte) body.length)
        .put(body)
        .array();
  }

  private static byte[] longFrame(long length) {
    return ByteBuffer.allocate(9).put((byte) 2).putLong(length).array();
  }

  /** What a stranger says; the last kind says no more, and the others are hung up on. */
  private static void speak(OutputStream out, int kind, String peer) throws IOException {
    switch (kind) {
      case 0 -> out.write("what do you mean by greeting?".getBytes(StandardCharsets.US_ASCII));
      case 1 -> out.write(greeting("CURVE"));
      case 2 -> {
        out.write(greeting("NULL"));
        out.write(ready("SUB"));
      }
      case 3 -> {
        out.write(greeting("NULL"));
        out.write(ready(peer));
        out.write(longFrame(Long.MAX_VALUE));
      }
      case 4 -> {
        out.write(greeting("NULL"));
        out.write(longFrame(1000));
      }
      default -> out.write(greeting("NULL"), 0, 20);
    }
  }

  private static void awaitHangUp(Socket socket) throws IOException {
    try (socket) {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"request-reply", "pair"})
  void shouldLoseNoFrameWhateverStrangersSay(String pattern) throws Exception {
    String peer = pattern.equals("pair") ? "PAIR" : "REQ";
    List<Socket> silent = new ArrayList<>();
    AtomicBoolean more = new AtomicBoolean(true);
    AtomicLong taken = new AtomicLong();
    try (Stream stream =
        Stream.open("netty", pattern, sender -> sender.uncompressed().maxRetries(0), r -> {})) {
      CompletableFuture<Void> sending = Threads.run(() -> send(stream, more));
      CompletableFuture<Void> taking = Threads.run(() -> take(stream, taken));
      await().atMost(Stream.LIMIT).until(() -> taken.get() > 0);

      Address address = Address.parse(stream.receiver.addresses().get(0).toString());
      int refused = 0;
      for (int i = 0; i < COUNT; i++) {
        Socket socket = new Socket(address.host(), address.port());
        socket.setSoTimeout((int) Stream.LIMIT.toMillis());
        try {
          speak(socket.getOutputStream(), i % KINDS, peer);
        } catch (SocketException e) {
          assertThat(e).hasMessageMatching(".*([Bb]roken pipe|[Rr]eset).*");
        }
        if (i % KINDS < KINDS - 1) {
          awaitHangUp(socket);
          refused++;
        } else {
          silent.add(socket);
        }
        if (silent.size() > SILENT) {
          silent.remove(0).close();
        }
      }

      long seen = taken.get();
      await().atMost(Stream.LIMIT).until(() -> taken.get() > seen);
      more.set(false);
      sending.get();
      taking.get();
      assertThat(taken.get()).isEqualTo(stream.sender.stats().frames());
      assertThat(stream.sender.stats().delivered()).isEqualTo(taken.get());
      long least = refused;
      await()
          .atMost(Stream.LIMIT)
          .untilAsserted(
              () -> assertThat(stream.receiver.stats().refused()).isGreaterThanOrEqualTo(least));
      assertThat(stream.receiver.stats().badMessages()).isZero();
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  private static void send(Stream stream, AtomicBoolean more) {
    while (more.get()) {
      assertThat(stream.sender.send(FRAME).delivered()).isTrue();
    }
    stream.sender.close();
  }

  private static void take(Stream stream, AtomicLong taken) {
    while (!stream.receiver.ended()) {
      try (ReceivedFrame frame = stream.receiver.recv(Stream.LIMIT).orElse(null)) {
        if (frame != null) {
          assertThat(frame.sequence()).isEqualTo(taken.getAndIncrement());
        }
      }
    }
  }
}
