package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Each reply reaches the one who asked, and only while it is awaited. */
public interface LinkReplyContract extends TransportUnderTest {
  @Test
  default void shouldGiveEachRequesterItsOwnReply(LinkBench bench) throws Exception {
    assumeTrue(RolePair.REQUEST_REPLY.supportedBy(bench.transport()));
    Link replier = bench.bind(LinkRole.REPLY);
    int requesters = 4;
    int rounds = 25;
    List<FutureTask<Integer>> asking = new ArrayList<>();
    for (int r = 0; r < requesters; r++) {
      Link requester = bench.connect(LinkRole.REQUEST, replier);
      String name = "requester " + r + ", round ";
      asking.add(
          bench.start(
              () -> {
                int own = 0;
                for (int i = 0; i < rounds; i++) {
                  bench.send(requester, name + i);
                  own += bench.receive(requester).equals("answer to " + name + i) ? 1 : 0;
                }
                return own;
              }));
    }
    for (int i = 0; i < requesters * rounds; i++) {
      bench.reply(replier, "answer to " + bench.receive(replier));
    }
    for (FutureTask<Integer> task : asking) {
      assertThat(LinkBench.resultOf(task)).as("own replies").isEqualTo(rounds);
    }
  }

  @Test
  default void shouldAskSeveralRepliersInTurn(LinkBench bench) {
    assumeTrue(RolePair.REQUEST_REPLY.supportedBy(bench.transport()));
    Link[] repliers = {bench.bind(LinkRole.REPLY), bench.bind(LinkRole.REPLY)};
    Link requester = bench.connect(LinkRole.REQUEST, repliers);
    // Both are known once both were asked; from then on they take turns.
    boolean[] known = new boolean[repliers.length];
    for (int i = 0; !known[0] || !known[1]; i++) {
      assertThat(i).as("requests until both were asked").isLessThan(500);
      known[ask(bench, requester, repliers)] = true;
    }
    int[] asked = new int[repliers.length];
    for (int i = 0; i < 10; i++) {
      asked[ask(bench, requester, repliers)]++;
    }
    assertThat(asked).containsExactly(5, 5);
  }

  /** One request and its reply; which replier was asked. */
  private static int ask(LinkBench bench, Link requester, Link... repliers) {
    bench.send(requester, "question");
    for (int turn = 0; turn < 500; turn++) {
      int index = turn % repliers.length;
      if (bench.receiveBriefly(repliers[index]) != null) {
        bench.reply(repliers[index], "answer");
        assertThat(bench.receive(requester)).isEqualTo("answer");
        return index;
      }
    }
    throw new AssertionError("The request reached none of the repliers.");
  }

  @Test
  default void shouldIgnoreReplyThatComesBeforeAbandoning(LinkBench bench) {
    for (RolePair pair : RolePair.of(bench.transport())) {
      if (!pair.answers()) {
        continue;
      }
      for (boolean receiverBinds : new boolean[] {true, false}) {
        if (!receiverBinds && !knowsReturnPath(pair)) {
          // The end that connects may keep the reply and send it on its next connection.
          continue;
        }
        Link bound = bench.bind(receiverBinds ? pair.receiver() : pair.sender());
        Link connected = bench.connect(receiverBinds ? pair.sender() : pair.receiver(), bound);
        Link sender = receiverBinds ? connected : bound;
        Link receiver = receiverBinds ? bound : connected;
        for (int i = 0; i < 20; i++) {
          bench.send(sender, "late " + i);
          assertThat(receiveSkipping(bench, receiver, "in time")).isEqualTo("late " + i);
          bench.reply(receiver, "late answer " + i);
          sender.abandon();
          exchange(bench, pair, sender, receiver, i);
        }
        sender.close();
        receiver.close();
      }
    }
  }

  @Test
  default void shouldIgnoreReplyThatComesAfterAbandoning(LinkBench bench) {
    for (RolePair pair : RolePair.of(bench.transport())) {
      if (!pair.answers() || !knowsReturnPath(pair)) {
        continue;
      }
      Link receiver = bench.bind(pair.receiver());
      Link sender = bench.connect(pair.sender(), receiver);
      for (int i = 0; i < 20; i++) {
        bench.send(sender, "late " + i);
        assertThat(receiveSkipping(bench, receiver, "in time")).isEqualTo("late " + i);
        sender.abandon();
        bench.reply(receiver, "late answer " + i);
        exchange(bench, pair, sender, receiver, i);
      }
      sender.close();
      receiver.close();
    }
  }

  @Test
  default void shouldSendAgainAfterAbandoningUnansweredMessages(LinkBench bench) {
    for (RolePair pair : RolePair.of(bench.transport())) {
      if (!pair.answers()) {
        continue;
      }
      Link receiver = bench.bind(pair.receiver());
      Link sender = bench.connect(pair.sender(), receiver);
      for (int i = 0; i < 20; i++) {
        bench.send(sender, "unanswered " + i);
        assertThat(sender.receive(LinkBench.atOnce())).as("%s", pair).isNull();
        sender.abandon();
        exchange(bench, pair, sender, receiver, i);
      }
      sender.close();
      receiver.close();
    }
  }

  /** One message and its reply, past whatever came of earlier ones. */
  private void exchange(LinkBench bench, RolePair pair, Link sender, Link receiver, int number) {
    bench.send(sender, "in time " + number);
    String received = bench.receive(receiver);
    for (; !received.equals("in time " + number); received = bench.receive(receiver)) {
      // An abandoned message may arrive or not; its receiver does not know that it was abandoned.
      assertThat(received).as("%s", pair).doesNotStartWith("in time");
      if (knowsReturnPath(pair)) {
        bench.reply(receiver, "late answer to " + received);
      }
    }
    bench.reply(receiver, "answer " + number);
    assertThat(bench.receive(sender)).as("%s", pair).isEqualTo("answer " + number);
  }

  private boolean knowsReturnPath(RolePair pair) {
    return !pair.equals(RolePair.PAIR) || pairRepliesStayOnTheirConnection();
  }

  private static String receiveSkipping(LinkBench bench, Link link, String unwanted) {
    String text = bench.receive(link);
    while (text.startsWith(unwanted)) {
      text = bench.receive(link);
    }
    return text;
  }

  @Test
  default void shouldLoseReplyToPeerThatIsGone(LinkBench bench) throws InterruptedException {
    for (RolePair pair : RolePair.of(bench.transport())) {
      if (!pair.answers()) {
        continue;
      }
      RecordingEvents events = new RecordingEvents();
      Link receiver = bench.bind(pair.receiver(), events);
      for (int i = 0; i < 5; i++) {
        Link gone = bench.connect(pair.sender(), receiver);
        bench.send(gone, "from a peer that goes");
        assertThat(bench.receive(receiver)).as("%s", pair).isEqualTo("from a peer that goes");
        gone.close();
        if (pair.equals(RolePair.PAIR) && tellsConnections()) {
          events.awaitLost(2 * i + 1);
        }
        bench.reply(receiver, "to nobody");
        Link here = bench.connect(pair.sender(), receiver);
        bench.send(here, "from a peer that stays");
        assertThat(bench.receive(receiver)).as("%s", pair).isEqualTo("from a peer that stays");
        if (knowsReturnPath(pair)) {
          bench.reply(receiver, "to the one that stays");
          assertThat(bench.receive(here)).as("%s", pair).isEqualTo("to the one that stays");
        }
        here.close();
        if (pair.equals(RolePair.PAIR) && tellsConnections()) {
          events.awaitLost(2 * i + 2);
        }
      }
      receiver.close();
    }
  }

  @Test
  default void shouldGoOnWhenMessageIsLeftUnanswered(LinkBench bench) {
    assumeTrue(RolePair.REQUEST_REPLY.supportedBy(bench.transport()));
    Link replier = bench.bind(LinkRole.REPLY);
    Link ignored = bench.connect(LinkRole.REQUEST, replier);
    Link served = bench.connect(LinkRole.REQUEST, replier);
    bench.send(ignored, "please");
    assertThat(bench.receive(replier)).isEqualTo("please");
    bench.send(served, "me too");
    assertThat(bench.receive(replier)).isEqualTo("me too");
    bench.reply(replier, "you");
    assertThat(bench.receive(served)).isEqualTo("you");
    assertThat(bench.receiveBriefly(ignored)).isNull();
  }
}
