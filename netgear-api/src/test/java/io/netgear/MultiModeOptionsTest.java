package io.netgear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netgear.internal.Settings;
import io.netgear.plugins.ToyCodec;
import io.netgear.plugins.ToyTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultiModeOptionsTest {
  private static SenderBuilder sender(String... addresses) {
    SenderBuilder builder =
        NetGear.sender().transport(new ToyTransport()).codec(new ToyCodec()).pattern(1);
    return addresses.length == 0 ? builder : builder.address(addresses);
  }

  private static ReceiverBuilder receiver(String... addresses) {
    ReceiverBuilder builder = NetGear.receiver().transport(new ToyTransport()).pattern(1);
    return addresses.length == 0 ? builder : builder.address(addresses);
  }

  private static List<String> problems(EndpointBuilder<?> builder) {
    InvalidOptionsException wrong =
        catchThrowableOfType(InvalidOptionsException.class, builder::settings);
    return wrong == null ? List.of() : wrong.problems();
  }

  private static List<String> addresses(EndpointBuilder<?> builder) {
    return builder.settings().addresses().stream().map(Address::toString).toList();
  }

  @Test
  void shouldGiveAMultiServerReceiverAnAddressForEachPort() {
    assertThat(
            addresses(
                receiver()
                    .options(
                        Map.of(
                            "multiserver_mode",
                            true,
                            "address",
                            "*",
                            "port",
                            List.of("5566", 5567)))))
        .containsExactly("tcp://*:5566", "tcp://*:5567");
    assertThat(addresses(receiver("tcp://*:5566,tcp://*:5567", "*:5568").multiServer()))
        .containsExactly("tcp://*:5566", "tcp://*:5567", "tcp://*:5568");
  }

  @Test
  void shouldGiveAMultiClientSenderAnAddressForEachPort() {
    assertThat(addresses(sender("host").multiClient().option("port=5577,5578")))
        .containsExactly("tcp://host:5577", "tcp://host:5578");
  }

  @Test
  void shouldRefuseAListOfPortsAtTheOtherEnd() {
    assertThat(problems(sender().multiServer().option("port", List.of(5566, 5567))))
        .singleElement()
        .asString()
        .contains("'port' is [5566, 5567]", "a sender takes in multiclient_mode alone");
    assertThat(problems(receiver("a:1", "b:2").multiClient()))
        .singleElement()
        .asString()
        .contains("a receiver has one address of its own, got 2");
  }

  @Test
  void shouldRefuseListsOfBothAddressesAndPorts() {
    assertThat(problems(receiver("a", "b").multiServer().option("port", List.of(1, 2))))
        .anySatisfy(
            problem -> assertThat(problem).contains("[a, b] and [1, 2]", "whole addresses"));
  }

  @Test
  void shouldRefuseOnePortTwiceSinceItIsTheName() {
    assertThat(problems(receiver("tcp://127.0.0.1:5566", "tcp://127.0.0.2:5566").multiServer()))
        .singleElement()
        .asString()
        .contains("port 5566 is given twice");
    assertThat(problems(sender("a:5566", "b:5566").multiClient())).hasSize(1);
    assertThat(problems(receiver("tcp://127.0.0.1:0", "tcp://127.0.0.1:0").multiServer()))
        .isEmpty();
  }

  @Test
  void shouldReportAllConflictsOfTheModesTogether() {
    assertThat(
            problems(sender("a:1", "b:2").pattern("pair").multiServer().multiClient().broadcast()))
        .anySatisfy(problem -> assertThat(problem).contains("exclude each other"))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("'multiserver_mode'", "pattern pair does not allow it"))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("'multiclient_mode'", "pattern pair does not allow it"));
  }

  @Test
  void shouldBroadcastOnlyWhereFramesWouldBeDealtOutInTurn() {
    assertThat(problems(sender("a:1", "b:2").multiClient().broadcast())).isEmpty();
    assertThat(problems(sender("a:1").broadcast()))
        .containsExactly(
            "Option 'broadcast' is true without 'multiclient_mode', but there is one receiver then: set both, or"
                + " neither.");
    assertThat(problems(sender("a:1", "b:2").pattern(2).multiClient().broadcast()))
        .singleElement()
        .asString()
        .contains("every frame goes to every receiver anyhow");
  }

  @Test
  void shouldAllowBidirectionalModeWithBothModes() {
    assertThat(problems(receiver("*:1", "*:2").multiServer().bidirectional())).isEmpty();
    assertThat(problems(sender("a:1", "b:2").multiClient().bidirectional())).isEmpty();
    assertThat(problems(receiver("*:1").multiClient().bidirectional())).isEmpty();
  }

  @Test
  void shouldCallItselfByThePortAsItWasGiven() {
    Address address = Address.parse("host:7590");
    assertThat(
            sender("host")
                .multiServer()
                .option("port", "7590")
                .settings()
                .modes()
                .senderPort(address))
        .isEqualTo("7590");
    assertThat(
            sender("host")
                .multiServer()
                .option("port", 7590)
                .settings()
                .modes()
                .senderPort(address))
        .isEqualTo(7590);
    assertThat(sender("host:7590").multiServer().settings().modes().senderPort(address))
        .isEqualTo(7590);
    assertThat(
            receiver()
                .multiClient()
                .option("port", "7590")
                .settings()
                .modes()
                .receiverPort(address))
        .isEqualTo("7590");
    assertThat(sender("host:7590").settings().modes().senderPort(address)).isNull();
    assertThat(receiver("*:7590", "*:7591").multiServer().settings().modes().receiverPort(address))
        .isNull();
  }

  @Test
  void shouldLimitIdlenessInMultiServerModeWhateverThePattern() {
    Settings settings = receiver("*:1", "*:2").pattern(2).multiServer().settings();
    assertThat(settings.idleLimit()).isEqualTo(Duration.ofSeconds(12));
    assertThat(receiver("*:1").pattern(2).settings().idleLimit()).isZero();
  }

  @Test
  void shouldKeepTheNewestFrameOfEachSender() {
    assertThat(receiver("*:1", "*:2", "*:3").pattern(2).multiServer().settings().queueDepth())
        .isEqualTo(3);
    assertThat(receiver("*:1").pattern(2).settings().queueDepth()).isEqualTo(1);
  }
}
