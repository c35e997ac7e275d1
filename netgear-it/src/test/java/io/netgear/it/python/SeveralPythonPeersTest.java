package io.netgear.it.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.NetGear;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import io.netgear.StreamEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several Python ends at once with one Java end. */
@Timeout(120)
class SeveralPythonPeersTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension static final PythonPeer PYTHON = new PythonPeer();

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldReceiveFromSeveralPythonSendersUntilAllSaidGoodbye(String transport) {
    try (FrameReceiver receiver =
        NetGear.receiver()
            .address("tcp://127.0.0.1:0", "tcp://127.0.0.1:0")
            .transport(transport)
            .pattern("request-reply")
            .option("multiserver_mode", true)
            .open()) {
      List<String> ports = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int port = receiver.addresses().get(i).port();
        ports.add(Integer.toString(port));
        PYTHON.start(
            "server",
            Map.of(
                "pattern",
                1,
                "multiserver",
                true,
                "port",
                port,
                "as",
                Integer.toString(port),
                "frames",
                List.of(Map.of("k", 0), Map.of("k", 1), Map.of("k", 2))));
      }
      List<String> senders = new ArrayList<>();
      for (ReceivedFrame received = receiver.recv(LIMIT).orElse(null);
          received != null;
          received = receiver.recv(LIMIT).orElse(null)) {
        senders.add(received.senderPort().orElseThrow());
        received.close();
      }
      assertThat(receiver.end()).contains(StreamEnd.GOODBYE);
      for (String port : ports) {
        assertThat(senders).filteredOn(port::equals).hasSize(3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldSendToSeveralPythonReceiversInTurn(String transport) {
    Map<String, Object> settings = Map.of("pattern", 1, "multiclient", true);
    List<PythonEnd> clients =
        List.of(PYTHON.start("client", settings), PYTHON.start("client", settings));
    int sent = 0;
    try (FrameSender sender =
        NetGear.sender()
            .address(
                "tcp://127.0.0.1:" + clients.get(0).port(),
                "tcp://127.0.0.1:" + clients.get(1).port())
            .transport(transport)
            .pattern("request-reply")
            .option("multiclient_mode", true)
            .open()) {
      // One of them may be connected long before the other.
      Set<String> receivers = new HashSet<>();
      int afterBoth = 0;
      while (afterBoth < 10) {
        receivers.add(
            sender.send(Samples.picture(sent++, PixelFormat.BGR)).peerPort().orElseThrow());
        afterBoth += receivers.size() - 1;
      }
      assertThat(receivers)
          .isEqualTo(
              Set.of(
                  Integer.toString(clients.get(0).port()),
                  Integer.toString(clients.get(1).port())));
    }
    int frames = 0;
    for (PythonEnd client : clients) {
      Map<String, Object> event = client.poll(LIMIT);
      while (event != null && "frame".equals(event.get("event"))) {
        frames++;
        event = client.poll(LIMIT);
      }
      assertThat(event).containsEntry("event", "end").containsEntry("reason", "goodbye");
    }
    assertThat(frames).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldPublishToSeveralPythonSubscribersAndSayGoodbyeToAll(String transport) {
    Map<String, Object> settings = Map.of("pattern", 2, "multiclient", true);
    List<PythonEnd> clients =
        List.of(PYTHON.start("client", settings), PYTHON.start("client", settings));
    List<Integer> frames = new ArrayList<>(List.of(0, 0));
    try (FrameSender sender =
        NetGear.sender()
            .address(
                "tcp://127.0.0.1:" + clients.get(0).port(),
                "tcp://127.0.0.1:" + clients.get(1).port())
            .transport(transport)
            .pattern("publish-subscribe")
            .option("multiclient_mode", true)
            .open()) {
      for (int sent = 0; frames.contains(0); sent++) {
        sender.send(Samples.picture(sent, PixelFormat.BGR));
        for (int i = 0; i < clients.size(); i++) {
          Map<String, Object> event = clients.get(i).poll(Duration.ofMillis(20));
          if (event != null) {
            assertThat(event).containsEntry("event", "frame");
            frames.set(i, frames.get(i) + 1);
          }
        }
      }
    }
    for (PythonEnd client : clients) {
      Map<String, Object> event = client.poll(LIMIT);
      while (event != null && "frame".equals(event.get("event"))) {
        event = client.poll(LIMIT);
      }
      assertThat(event).containsEntry("event", "end").containsEntry("reason", "goodbye");
    }
  }
}
