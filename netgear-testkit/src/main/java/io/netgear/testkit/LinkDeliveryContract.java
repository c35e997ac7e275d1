package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.spi.Deadline;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Messages arrive: whole, unharmed, in order, and with those whom they are for. */
public interface LinkDeliveryContract extends TransportUnderTest {
  @Test
  default void shouldCarryMessagesWhicheverSideBinds(LinkBench bench) {
    for (RolePair pair : RolePair.of(bench.transport())) {
      for (boolean receiverBinds : new boolean[] {true, false}) {
        Link bound = bench.bind(receiverBinds ? pair.receiver() : pair.sender());
        Link connected = bench.connect(receiverBinds ? pair.sender() : pair.receiver(), bound);
        Link sender = receiverBinds ? connected : bound;
        Link receiver = receiverBinds ? bound : connected;
        if (pair.sender() == LinkRole.PUBLISH) {
          bench.meet(sender, receiver);
        }
        for (int i = 0; i < 5; i++) {
          bench.send(sender, "frame " + i);
          assertThat(bench.receive(receiver)).as("%s", pair).isEqualTo("frame " + i);
          if (pair.answers()) {
            bench.reply(receiver, "answer " + i);
            assertThat(bench.receive(sender)).as("%s", pair).isEqualTo("answer " + i);
          }
        }
        sender.close();
        receiver.close();
      }
    }
  }

  @Test
  default void shouldKeepPartsApart(LinkBench bench) {
    RolePair pair = RolePair.of(bench.transport()).get(0);
    Link receiver = bench.bind(pair.receiver());
    Link sender = bench.connect(pair.sender(), receiver);
    if (pair.sender() == LinkRole.PUBLISH) {
      bench.meet(sender, receiver);
    }
    List<byte[][]> messages = new ArrayList<>();
    messages.add(new byte[][] {{}});
    messages.add(new byte[][] {{}, {}});
    messages.add(new byte[][] {{1}, {2, 3}});
    messages.add(new byte[][] {TestBytes.random(200, 1), TestBytes.random(300_000, 2)});
    messages.add(new byte[][] {TestBytes.random(50, 3), {}});
    messages.add(new byte[][] {{}, TestBytes.random(50, 4)});
    byte[][] many = new byte[40][];
    for (int i = 0; i < many.length; i++) {
      many[i] = TestBytes.random(i * 37 % 1000, i);
    }
    messages.add(many);
    for (byte[][] message : messages) {
      bench.send(sender, message);
      assertThat(bench.receiveParts(receiver)).isDeepEqualTo(message);
      if (pair.answers()) {
        receiver.reply(bench.message(message));
        assertThat(bench.receiveParts(sender)).isDeepEqualTo(message);
      }
    }
  }

  @Test
  default void shouldCarryMessagesOfAnySize(LinkBench bench) {
    int[] sizes = {
      0, 1, 2, 3, 7, 8, 63, 64, 65, 254, 255, 256, 257, 4095, 4096, 8191, 8192, 8193, 65_535,
      65_536, 65_537, 1_000_003, 8_388_608
    };
    for (RolePair pair : RolePair.of(bench.transport())) {
      Link receiver = bench.bind(pair.receiver());
      Link sender = bench.connect(pair.sender(), receiver);
      if (pair.sender() == LinkRole.PUBLISH) {
        bench.meet(sender, receiver);
      }
      for (int size : sizes) {
        byte[] bytes = TestBytes.random(size, size);
        bench.send(sender, bytes);
        byte[][] received = bench.receiveParts(receiver);
        assertThat(received).hasNumberOfRows(1);
        assertThat(received[0]).as("%d bytes by %s", size, pair).isEqualTo(bytes);
        if (pair.answers()) {
          receiver.reply(bench.message(bytes));
          assertThat(bench.receiveParts(sender)[0]).as("answer of %d bytes", size).isEqualTo(bytes);
        }
      }
      sender.close();
      receiver.close();
    }
  }

  @Test
  default void shouldNotTouchMemoryThatItGaveBack(LinkBench bench) throws Exception {
    // The bench's pool overwrites what is given back: a message that is still read then arrives
    // with another checksum.
    int messages = 200;
    for (RolePair pair : List.of(RolePair.PAIR, RolePair.PUSH_PULL)) {
      if (!pair.supportedBy(bench.transport())) {
        continue;
      }
      Link receiver = bench.bind(pair.receiver());
      Link sender = bench.connect(pair.sender(), receiver);
      FutureTask<Void> sending =
          bench.start(
              () -> {
                for (int i = 0; i < messages; i++) {
                  bench.send(sender, new byte[] {(byte) i}, TestBytes.sealed(sizeOf(i), i));
                }
                return null;
              });
      for (int i = 0; i < messages; i++) {
        byte[][] parts = bench.receiveParts(receiver);
        assertThat(parts[0]).as("number of message %d", i).containsExactly(i & 0xFF);
        assertThat(parts[1]).as("message %d", i).hasSize(sizeOf(i));
        assertThat(TestBytes.intact(parts[1])).as("message %d of %s intact", i, pair).isTrue();
      }
      LinkBench.resultOf(sending);
      sender.close();
      receiver.close();
    }
  }

  private static int sizeOf(int message) {
    return message % 3 == 0 ? 4 + message * 7 : 200_000 + message * 1_111;
  }

  @Test
  default void shouldDealMessagesOutInTurn(LinkBench bench) {
    assumeTrue(RolePair.PUSH_PULL.supportedBy(bench.transport()));
    Link first = bench.bind(LinkRole.PULL);
    Link second = bench.bind(LinkRole.PULL);
    Link sender = bench.connect(LinkRole.PUSH, first, second);
    int[] counts = new int[2];
    sendUntilBothHeard(bench, sender, first, second);
    for (int i = 0; i < 10; i++) {
      bench.send(sender, "frame " + i);
    }
    for (int i = 0; i < 10; i++) {
      Link receiver = i < 5 ? first : second;
      assertThat(bench.receive(receiver)).startsWith("frame ");
      counts[i < 5 ? 0 : 1]++;
    }
    assertThat(counts).containsExactly(5, 5);
    assertThat(bench.receiveBriefly(first)).isNull();
    assertThat(bench.receiveBriefly(second)).isNull();
  }

  private static void sendUntilBothHeard(LinkBench bench, Link sender, Link first, Link second) {
    boolean firstHeard = false;
    boolean secondHeard = false;
    Deadline deadline = LinkBench.patiently();
    while (!firstHeard || !secondHeard) {
      assertThat(deadline.passed()).as("both peers heard something").isFalse();
      bench.send(sender, "hello");
      boolean received = false;
      while (!received) {
        assertThat(deadline.passed()).as("a message arrived").isFalse();
        boolean byFirst = bench.receiveBriefly(first) != null;
        boolean bySecond = bench.receiveBriefly(second) != null;
        firstHeard |= byFirst;
        secondHeard |= bySecond;
        received = byFirst || bySecond;
      }
    }
  }

  @Test
  default void shouldReceiveFromAllItsPeers(LinkBench bench) throws Exception {
    assumeTrue(RolePair.PUSH_PULL.supportedBy(bench.transport()));
    Link receiver = bench.bind(LinkRole.PULL);
    int senders = 3;
    int each = 20;
    List<FutureTask<Void>> sending = new ArrayList<>();
    for (int s = 0; s < senders; s++) {
      Link sender = bench.connect(LinkRole.PUSH, receiver);
      byte number = (byte) s;
      sending.add(
          bench.start(
              () -> {
                for (int i = 0; i < each; i++) {
                  bench.send(sender, new byte[] {number, (byte) i});
                }
                return null;
              }));
    }
    int[] next = new int[senders];
    for (int i = 0; i < senders * each; i++) {
      byte[] part = bench.receiveParts(receiver)[0];
      assertThat((int) part[1]).as("order of sender %d", part[0]).isEqualTo(next[part[0]]++);
    }
    for (FutureTask<Void> task : sending) {
      LinkBench.resultOf(task);
    }
  }

  @Test
  default void shouldPublishToEverySubscriber(LinkBench bench) {
    assumeTrue(RolePair.PUBLISH_SUBSCRIBE.supportedBy(bench.transport()));
    Link publisher = bench.bind(LinkRole.PUBLISH);
    Link[] subscribers = new Link[3];
    for (int i = 0; i < subscribers.length; i++) {
      subscribers[i] = bench.connect(LinkRole.SUBSCRIBE, publisher);
    }
    bench.meet(publisher, subscribers);
    for (int i = 0; i < 20; i++) {
      bench.send(publisher, "frame " + i);
      for (Link subscriber : subscribers) {
        assertThat(bench.receive(subscriber)).isEqualTo("frame " + i);
      }
    }
  }

  @Test
  default void shouldPublishWithoutWaitingForSlowSubscribers(LinkBench bench) {
    assumeTrue(RolePair.PUBLISH_SUBSCRIBE.supportedBy(bench.transport()));
    Link publisher = bench.bind(LinkRole.PUBLISH);
    assertThat(publisher.send(bench.message("nobody hears"), LinkBench.patiently()))
        .isIn(SendResult.DROPPED, SendResult.SENT);
    Link subscriber = bench.connect(LinkRole.SUBSCRIBE, publisher);
    bench.meet(publisher, subscriber);
    Deadline farAway = LinkBench.patiently();
    int messages = 1_000;
    for (int i = 0; i < messages; i++) {
      byte[] number = {(byte) i, (byte) (i >> 8)};
      assertThat(publisher.send(bench.message(number, new byte[20_000]), farAway))
          .isIn(SendResult.DROPPED, SendResult.SENT);
    }
    int last = -1;
    int received = 0;
    byte[][] parts = bench.receiveParts(subscriber);
    while (parts != null) {
      int number = (parts[0][0] & 0xFF) | (parts[0][1] & 0xFF) << 8;
      assertThat(number).as("order of what was not dropped").isGreaterThan(last);
      last = number;
      received++;
      parts = bench.receivePartsBriefly(subscriber);
    }
    assertThat(received).isBetween(1, messages);
  }
}
