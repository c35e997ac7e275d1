package io.netgear.it.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.Receipt;
import io.netgear.Receipt.Status;
import io.netgear.ReceivedFrame;
import io.netgear.Reply;
import io.netgear.StreamEnd;
import io.netgear.it.golden.Conversation.Utterance;
import io.netgear.it.process.Json;
import io.netgear.testkit.Threads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes the place of either Python end in conversations recorded between two of them. What ours
 * says is what was recorded, byte for byte, apart from our key {@code netgear} and the numbers
 * behind an acknowledgement (docs/wire-format.md#our-extras).
 */
@Timeout(120)
class GoldenConversationTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration MOMENT = Duration.ofMillis(100);
  private static final Pattern EXTRAS = Pattern.compile(", \"netgear\": (\\{[^{}]*\\})\\}$");
  private static final Set<String> EXTRA_KEYS =
      Set.of("seq", "sent", "id", "clk", "life", "rx", "tx", "bye", "pix", "fmt");
  private static final Pattern ACKNOWLEDGEMENT =
      Pattern.compile(
          "(Data received on device: )[A-Z0-9]{8}( !)(?: seq=\\d+)?(?: rx=\\d+)?(?: tx=\\d+)?");

  /** What a Python end would have said. */
  private static String withoutOurs(byte[] part) {
    String text = new String(part, StandardCharsets.UTF_8);
    Matcher extras = EXTRAS.matcher(text);
    if (extras.find()) {
      assertThat(Json.object(extras.group(1)).keySet()).isSubsetOf(EXTRA_KEYS);
      return text.substring(0, extras.start()) + "}";
    }
    Matcher acknowledgement = ACKNOWLEDGEMENT.matcher(text);
    return acknowledgement.matches() ? acknowledgement.replaceFirst("$1********$2") : text;
  }

  /** The same, whoever the recorded receiver was. */
  private static String recorded(Utterance utterance) {
    return utterance.fromServer()
        ? utterance.text()
        : utterance.text().replaceFirst("(device: )[A-Z0-9]{8}", "$1********");
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.golden.Conversation#all")
  void shouldSpeakAsThePythonSenderDid(Conversation recorded) {
    try (PlainSocket client = PlainSocket.client(recorded.pattern());
        FrameSender sender =
            NetGear.sender()
                .options(at(client.address()))
                .pattern(recorded.pattern())
                .options(recorded.options())
                .open()) {
      Conversation conversation = recorded.at(client.address());
      List<Utterance> utterances = conversation.utterances();
      String before = "";
      for (int i = 0; i < utterances.size(); i++) {
        Utterance utterance = utterances.get(i);
        CompletableFuture<Receipt> sending = null;
        List<byte[]> said = null;
        while (said == null) {
          sending = Threads.supply(() -> speak(sender, utterance));
          said = client.receive(conversation.answers() ? LIMIT : MOMENT);
          if (said != null
              && !conversation.answers()
              && withoutOurs(said.get(0)).equals(before)
              && !before.equals(recorded(utterance))) {
            said = null;
          }
          if (!conversation.answers()) {
            sending.join();
          }
        }
        assertSaid(said, utterance);
        before = recorded(utterance);
        Utterance answer = answerAt(utterances, i + 1);
        if (answer != null) {
          client.send(answer.parts());
          i++;
        }
        assertReceipt(conversation, utterance, answer, sending.join());
      }
      assertThat(sender.stats().balanced()).isTrue();
      assertThat(sender.stats().badMessages()).isZero();
    }
  }

  /** With the port as text, which is how the recorded ends were told theirs. */
  private static Map<String, Object> at(String address) {
    return Map.of("address", "127.0.0.1", "port", Conversation.portOf(address));
  }

  private static Receipt speak(FrameSender sender, Utterance utterance) {
    if (utterance.isGoodbye()) {
      sender.close();
      return null;
    }
    Map<String, Object> header = utterance.header();
    RecordedFrame frame = RecordedFrame.of(header, utterance.parts().get(1), "");
    return sender.send(frame.frame(), header.get("message"));
  }

  private static void assertSaid(List<byte[]> said, Utterance recorded) {
    assertThat(withoutOurs(said.get(0))).isEqualTo(recorded(recorded));
    assertThat(said).hasSameSizeAs(recorded.parts());
    if (said.size() > 1) {
      RecordedFrame.of(
              recorded.header(), recorded.parts().get(1), recorded.fromServer() ? "" : "array_")
          .assertSamePayload(said.get(1));
    }
  }

  private static Utterance answerAt(List<Utterance> utterances, int at) {
    return at < utterances.size() && !utterances.get(at).fromServer() ? utterances.get(at) : null;
  }

  private static void assertReceipt(
      Conversation conversation, Utterance utterance, Utterance answer, Receipt receipt) {
    if (utterance.isGoodbye() || !conversation.answers()) {
      return;
    }
    assertThat(receipt.status()).isEqualTo(Status.ACKNOWLEDGED);
    if (!conversation.bidirectional()) {
      return;
    }
    Map<String, Object> header = answer.header();
    if (answer.parts().size() > 1) {
      RecordedFrame returned = RecordedFrame.of(header, answer.parts().get(1), "array_");
      assertThat(returned.isShownBy(receipt.frame().orElseThrow())).isTrue();
    } else {
      assertThat(receipt.data().orElse(null)).isEqualTo(header.get("data"));
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.golden.Conversation#all")
  void shouldListenAndAnswerAsThePythonReceiverDid(Conversation recorded) {
    try (PlainSocket server = PlainSocket.server(recorded.pattern());
        FrameReceiver receiver =
            NetGear.receiver()
                .options(at(server.address()))
                .connect()
                .pattern(recorded.pattern())
                .options(recorded.options())
                .keepEncoded()
                .open()) {
      Conversation conversation = recorded.at(server.address());
      List<Utterance> utterances = conversation.utterances();
      for (int i = 0; i < utterances.size(); i++) {
        Utterance utterance = utterances.get(i);
        Utterance answer = answerAt(utterances, i + 1);
        listen(conversation, receiver, server, utterance, answer);
        if (answer != null) {
          assertSaid(server.receive(LIMIT), answer);
          i++;
        }
      }
      assertThat(receiver.end()).contains(StreamEnd.GOODBYE);
      assertThat(receiver.stats().balanced()).isTrue();
      assertThat(receiver.stats().badMessages()).isZero();
    }
  }

  /** Has it arrive; a publisher says it until somebody is there, and again. */
  private static void listen(
      Conversation conversation,
      FrameReceiver receiver,
      PlainSocket server,
      Utterance utterance,
      Utterance answer) {
    boolean arrived = false;
    while (!arrived) {
      server.send(utterance.parts());
      Duration limit = conversation.answers() || utterance.isGoodbye() ? LIMIT : MOMENT;
      Reply reply = conversation.bidirectional() ? reply(utterance, answer) : null;
      try (ReceivedFrame received =
          (reply == null ? receiver.recv(limit) : receiver.recv(limit, reply)).orElse(null)) {
        boolean right =
            utterance.isGoodbye() ? received == null : received != null && is(received, utterance);
        assertThat(right || !conversation.answers()).as("%s", utterance.text()).isTrue();
        arrived = right && (!utterance.isGoodbye() || receiver.ended());
      }
    }
  }

  private static Reply reply(Utterance utterance, Utterance answer) {
    if (utterance.isGoodbye()) {
      return Reply.none();
    }
    Map<String, Object> header = answer.header();
    return answer.parts().size() > 1
        ? Reply.frame(RecordedFrame.of(header, answer.parts().get(1), "array_").frame())
        : Reply.data(header.get("data"));
  }

  private static boolean is(ReceivedFrame received, Utterance utterance) {
    Map<String, Object> header = utterance.header();
    byte[] payload = utterance.parts().get(1);
    byte[] bytes = new byte[payload.length];
    return java.util.Objects.equals(received.message(), header.get("message"))
        && received.encoded().orElseThrow().remaining() == payload.length
        && java.util.Arrays.equals(bytesOf(received, bytes), payload)
        && RecordedFrame.of(header, payload, "").isShownBy(received.frame());
  }

  private static byte[] bytesOf(ReceivedFrame received, byte[] bytes) {
    received.encoded().orElseThrow().duplicate().get(bytes);
    return bytes;
  }
}
