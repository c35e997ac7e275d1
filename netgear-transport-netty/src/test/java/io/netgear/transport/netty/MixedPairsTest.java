package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.SendResult;
import io.netgear.testkit.LeakCheckingPool;
import io.netgear.transport.zmq.ZmqTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Netty and JeroMQ at the two ends of one connection, whichever binds, in every pattern. */
@Timeout(60)
class MixedPairsTest {
  private static final int ROUNDS = 20;
  private static final int FRAME_BYTES = 700_000;

  private final LeakCheckingPool pool = new LeakCheckingPool();
  private final Links netty = new Links(new NettyTransport(), pool);
  private final Links zmq = new Links(new ZmqTransport(), pool);

  @AfterEach
  void close() throws InterruptedException {
    netty.close();
    zmq.close();
    pool.awaitNothingLent(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @CsvSource({
    "PAIR, PAIR, true, true",
    "PAIR, PAIR, true, false",
    "PAIR, PAIR, false, true",
    "PAIR, PAIR, false, false",
    "REQUEST, REPLY, true, true",
    "REQUEST, REPLY, true, false",
    "REQUEST, REPLY, false, true",
    "REQUEST, REPLY, false, false",
    "PUSH, PULL, true, true",
    "PUSH, PULL, true, false",
    "PUSH, PULL, false, true",
    "PUSH, PULL, false, false",
    "PUBLISH, SUBSCRIBE, true, true",
    "PUBLISH, SUBSCRIBE, true, false",
    "PUBLISH, SUBSCRIBE, false, true",
    "PUBLISH, SUBSCRIBE, false, false"
  })
  void shouldTalkToEachOther(
      LinkRole senderRole, LinkRole receiverRole, boolean nettySends, boolean senderBinds) {
    Links sending = nettySends ? netty : zmq;
    Links receiving = nettySends ? zmq : netty;
    Link sender;
    Link receiver;
    if (senderBinds) {
      sender = sending.bound(senderRole);
      receiver = receiving.connected(receiverRole, sender);
    } else {
      receiver = receiving.bound(receiverRole);
      sender = sending.connected(senderRole, receiver);
    }
    boolean answers = senderRole == LinkRole.PAIR || senderRole == LinkRole.REQUEST;
    meet(sender, receiver, answers);
    for (int i = 1; i <= ROUNDS; i++) {
      assertThat(sender.send(frame(i), Links.in(20_000))).isEqualTo(SendResult.SENT);
      assertFrame(receivePast(receiver, 0), i);
      if (answers) {
        receiver.reply(frame(1_000 + i));
        assertFrame(sender.receive(Links.in(20_000)), 1_000 + i);
      }
    }
  }

  /** A subscription takes its time, and so does a PAIR of JeroMQ's that binds and sends. */
  private void meet(Link sender, Link receiver, boolean answers) {
    Message first = null;
    for (int i = 0; first == null; i++) {
      assertThat(i).as("messages until one arrived").isLessThan(200);
      boolean sent = sender.send(frame(0), Links.in(100)) == SendResult.SENT;
      first = receiver.receive(Links.in(sent ? 500 : 50));
      if (first == null && answers) {
        sender.abandon();
      }
    }
    first.close();
    if (answers) {
      sender.abandon();
    }
  }

  private Message frame(int number) {
    PooledBuffer payload = pool.acquire(FRAME_BYTES);
    byte[] bytes = new byte[FRAME_BYTES];
    new Random(number).nextBytes(bytes);
    payload.bytes().put(0, bytes);
    return Message.of(
        PooledBuffer.unpooled(
            ByteBuffer.wrap(("{\"frame\": " + number + "}").getBytes(StandardCharsets.US_ASCII))),
        payload);
  }

  /** The next message that is not {@code number}, of which some may still be on their way. */
  private static Message receivePast(Link receiver, int number) {
    Message message = receiver.receive(Links.in(20_000));
    while (message != null && Links.text(message, 0).equals("{\"frame\": " + number + "}")) {
      message.close();
      message = receiver.receive(Links.in(20_000));
    }
    return message;
  }

  private static void assertFrame(Message message, int number) {
    assertThat(message).isNotNull();
    try (message) {
      assertThat(message.parts()).isEqualTo(2);
      assertThat(Links.text(message, 0)).isEqualTo("{\"frame\": " + number + "}");
      byte[] expected = new byte[FRAME_BYTES];
      new Random(number).nextBytes(expected);
      assertThat(message.part(1).duplicate()).isEqualTo(ByteBuffer.wrap(expected));
    }
  }
}
