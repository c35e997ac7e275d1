package io.netgear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netgear.plugins.ToyCodec;
import io.netgear.plugins.ToyTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictOptionsTest {
  private static final Security CURVE = () -> "curve with 2 keys";

  private static SenderBuilder sender(String... addresses) {
    SenderBuilder builder = NetGear.sender().transport(new ToyTransport()).codec(new ToyCodec());
    return addresses.length == 0 ? builder : builder.address(addresses);
  }

  private static ReceiverBuilder receiver(String... addresses) {
    ReceiverBuilder builder = NetGear.receiver().transport(new ToyTransport());
    return addresses.length == 0 ? builder : builder.address(addresses);
  }

  private static List<String> problems(EndpointBuilder<?> builder) {
    InvalidOptionsException wrong =
        catchThrowableOfType(InvalidOptionsException.class, builder::settings);
    return wrong == null ? List.of() : wrong.problems();
  }

  @Test
  void shouldReportAllProblemsTogether() {
    SenderBuilder builder =
        sender("tcp://*:5555")
            .pattern(2)
            .bidirectional()
            .maxRetries(-1)
            .requestTimeout(Duration.ZERO)
            .option("jpeg_compression_quality", 120)
            .option("queu_depth", 3)
            .security(CURVE);

    assertThat(problems(builder)).hasSize(7);
    assertThatThrownBy(builder::settings).hasMessageStartingWith("7 options are wrong:\n  - ");
  }

  @Test
  void shouldTouchNoTransportWhenAnythingIsWrong() {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> sender().uncompressed().maxRetries(-1).open());
    assertThatThrownBy(() -> sender().uncompressed().maxRetries(1).open())
        .hasMessage("The toy was opened.");
  }

  @Test
  void shouldNameTheNearestOptionForUnknownOne() {
    assertThat(problems(sender().option("jpeg_compresion", true)))
        .containsExactly("There is no option 'jpeg_compresion'. Did you mean 'jpeg_compression'?");
    assertThat(problems(sender().option("THREADED_QUEUE_MODE", true)))
        .containsExactly(
            "There is no option 'THREADED_QUEUE_MODE'. docs/options.md lists all there are.");
  }

  @Test
  void shouldNameOptionValueExpectationAndRemedy() {
    assertThat(problems(sender().option("jpeg_compression_quality", 120)))
        .containsExactly(
            "Option 'jpeg_compression_quality' is 120, expected a number from 10 to 100, a fraction is cut off:"
                + " change it, or leave it out for the default (90).");
    assertThat(problems(sender().maxRetries(-1)))
        .singleElement()
        .asString()
        .startsWith(
            "Option 'max_retries' (set by maxRetries()) is -1, expected a whole number from 0 to");
  }

  @ParameterizedTest
  @CsvSource({
    "max_retries, text",
    "max_retries, 1.5",
    "max_retries, true",
    "jpeg_compression, PURPLE",
    "jpeg_compression, 1",
    "jpeg_compression_fastdct, 1",
    "jpeg_compression_fastupsample, yes",
    "jpeg_compression_quality, 9",
    "jpeg_compression_quality, 100.5",
    "jpeg_compression_quality, NaN",
    "jpeg_compression_subsampling, 4:3:2",
    "request_timeout, 0",
    "request_timeout, -1",
    "request_timeout, soon",
    "request_timeout, 99999999999",
    "port, 65536",
    "port, -1",
    "port, http",
    "port, 55.5",
    "secure_mode, 3",
    "bidirectional_mode, 1",
    "name, ''",
    "bind, 0",
    "max_message_bytes, 1",
    "max_pixels, 0",
    "memory_limit, 5",
    "security, curve",
    "pool, big"
  })
  void shouldRefuseWrongTypesAndValuesOutOfRange(String name, String text) {
    SenderBuilder builder = sender().option(name + "=" + text);

    assertThat(problems(builder))
        .singleElement()
        .asString()
        .startsWith("Option '" + name + "' is ");
  }

  @Test
  void shouldRefuseTextWherePythonWantsNumber() {
    assertThat(
            problems(
                sender()
                    .options(
                        Map.of(
                            "max_retries",
                            "3",
                            "jpeg_compression_quality",
                            "90",
                            "logging",
                            true))))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "queue, sometimes",
    "queue_depth, 0",
    "queue_depth, 10001",
    "max_age, -1",
    "idle_limit, never",
    "keep_encoded, 2",
    "subscriber_timeout, 0"
  })
  void shouldCheckWhatOnlyReceiversHave(String name, String text) {
    assertThat(problems(receiver().pattern(2).option(name + "=" + text)))
        .singleElement()
        .asString()
        .startsWith("Option '" + name + "' is ");
  }

  @Test
  void shouldRefuseAssignmentWithoutValue() {
    assertThatThrownBy(() -> sender().option("jpeg_compression_quality"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not of the form name=value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"publish-subscribe", "push-pull"})
  void shouldRefuseBidirectionalWithPatternsThatReturnNothing(String pattern) {
    assertThat(problems(receiver().pattern(pattern).bidirectional()))
        .anySatisfy(
            problem -> assertThat(problem).contains("returns nothing: take pair or request-reply"));
  }

  @Test
  void shouldRefuseModesThatExcludeEachOther() {
    List<String> problems =
        problems(
            sender()
                .options(
                    Map.of(
                        "multiserver_mode",
                        true,
                        "multiclient_mode",
                        true,
                        "ssh_tunnel_mode",
                        "user@host:22")));

    assertThat(problems)
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("'multiserver_mode' and 'multiclient_mode' are both true"))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("'ssh_tunnel_mode' is set together with 'multiserver_mode'"));
  }

  @Test
  void shouldTellOnceThatAModeDoesNotGoWithThePattern() {
    for (String mode : List.of("multiserver_mode", "multiclient_mode")) {
      assertThat(problems(sender().options(Map.of(mode, true))))
          .singleElement()
          .asString()
          .contains(mode, "pattern pair does not allow it");
    }
  }

  @Test
  void shouldRefuseModesThatContradictWithoutShowingPasswords() {
    Map<String, Object> options =
        Map.of(
            "multiserver_mode",
            true,
            "multiclient_mode",
            true,
            "ssh_tunnel_mode",
            "user@host",
            "ssh_tunnel_pwd",
            "hunter2",
            "ssh_tunnel_keyfile",
            "/key");

    for (EndpointBuilder<?> builder : List.of(sender().pattern(1), sender().pattern(1).lenient())) {
      builder.options(options);
      List<String> problems = problems(builder);
      assertThat(problems).hasSizeGreaterThanOrEqualTo(2);
      assertThat(String.join("", problems)).doesNotContain("hunter2");
    }
  }

  @Test
  void shouldAcceptModesThatAreSwitchedOff() {
    assertThat(
            problems(
                sender()
                    .options(
                        Map.of(
                            "multiserver_mode",
                            false,
                            "multiclient_mode",
                            false,
                            "secure_mode",
                            0,
                            "overwrite_cert",
                            false))))
        .isEmpty();
  }

  @Test
  void shouldNeverFallBackFromSecurityThatTheTransportDoesNotHave() {
    String expected =
        "Option 'security' is curve with 2 keys, but transport toy does not offer that: take the security of its own"
            + " module, or another transport.";

    assertThat(problems(sender().security(CURVE))).containsExactly(expected);
    assertThat(problems(sender().security(CURVE).lenient())).containsExactly(expected);
  }

  @Test
  void shouldNotShowWhatIsGivenForSecurityByMistake() {
    assertThat(problems(sender().option("security", "a-secret-key")))
        .singleElement()
        .asString()
        .contains("(hidden)")
        .doesNotContain("a-secret-key");
  }

  @Test
  void shouldRefuseProtocolAndRoleThatTheTransportDoesNotHave() {
    assertThat(problems(sender("ipc:///tmp/a:1").pattern("push-pull")))
        .hasSize(2)
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("has protocol 'ipc', but transport toy offers tcp")
                    .endsWith("take one of these, or another transport."))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("needs a link of role PUSH, but transport toy offers"));
  }

  @Test
  void shouldLetOnlyBindingEndsAskForAnyPortAndEveryInterface() {
    assertThat(problems(sender("tcp://*:0"))).hasSize(2);
    assertThat(problems(receiver("tcp://*:0").connect())).hasSize(2);
    assertThat(problems(receiver("tcp://*:0"))).isEmpty();
    assertThat(problems(sender("tcp://*:0").bind())).isEmpty();
  }

  @Test
  void shouldRefuseAddressesThatCannotBeRead() {
    assertThat(problems(sender("tcp://host:port")))
        .singleElement()
        .asString()
        .contains("'tcp://host:port' is not of the form");
    assertThat(problems(sender("tcp://host:99999")))
        .singleElement()
        .asString()
        .contains("got 99999");
  }

  @Test
  void shouldRefusePortAndProtocolThatContradictTheAddress() {
    assertThat(problems(sender("tcp://host:5454").option("port", 5455).option("protocol", "ipc")))
        .containsExactly(
            "Option 'port' is 5455, but the address 'tcp://host:5454' says 5454: give one of them.",
            "Option 'protocol' is 'ipc', but the address 'tcp://host:5454' says tcp: give one of them.");
  }

  @Test
  void shouldRefuseListOfPortsWithoutTheModesThatTakeOne() {
    assertThat(problems(receiver().pattern(1).option("port", List.of("5566", 5567))))
        .singleElement()
        .asString()
        .contains("is [5566, 5567]", "a receiver takes in multiserver_mode alone");
  }

  @Test
  void shouldRefuseSeveralAddressesWithPair() {
    assertThat(problems(sender("a:1", "b:2")))
        .singleElement()
        .asString()
        .contains("has one peer, got 2 addresses");
    assertThat(problems(sender("a:1", "b:2").pattern(2))).isEmpty();
  }

  @Test
  void shouldRefuseQueueOfSeveralThatKeepsTheNewest() {
    assertThat(problems(receiver().queue(QueuePolicy.NEWEST).queueDepth(4)))
        .singleElement()
        .asString()
        .contains("'queue_depth'", "is 4, but the queue is 'newest', which holds one frame");
    assertThat(problems(receiver().pattern(2).queueDepth(4)))
        .singleElement()
        .asString()
        .contains("by default with pattern publish-subscribe");
    assertThat(problems(receiver().pattern(2).queue(QueuePolicy.HOLD_BACK).queueDepth(4)))
        .isEmpty();
  }

  @Test
  void shouldRefuseToDecodeAheadWhereTheNewestCounts() {
    assertThat(problems(receiver().pattern(2).decodeAhead(2)))
        .singleElement()
        .asString()
        .contains("'decode_ahead'", "is 2, but the queue is 'newest' by default with pattern");
    assertThat(problems(receiver().pattern(2).queue(QueuePolicy.HOLD_BACK).decodeAhead(2)))
        .isEmpty();
  }

  @Test
  void shouldRefusePartsOfPicturesThatAreNotDecoded() {
    assertThat(problems(receiver().encodedOnly().scale(2).gray().region(0, 0, 1, 1)))
        .hasSize(3)
        .allSatisfy(text -> assertThat(text).contains("so that nothing is decoded"));
    assertThat(problems(receiver().encodedOnly().scale(1).decodeAhead(0))).isEmpty();
  }

  @Test
  void shouldSayWhatScalesAndRegionsAre() {
    assertThat(problems(receiver().scale(3)))
        .singleElement()
        .asString()
        .contains("'decode_scale'", "is '1/3', expected one of 1, 1/2, 1/4, 1/8");
    assertThat(problems(receiver().option("decode_region", "1,2,3,4")))
        .singleElement()
        .asString()
        .contains("expected left,top,WIDTHxHEIGHT in pixels, such as 640,360,320x240");
    assertThat(problems(receiver().region(-1, 0, 5, 5))).hasSize(1);
    assertThat(problems(receiver().region(0, 0, 0, 5))).hasSize(1);
    for (Object scale : List.of("1", 1, "1/2", 0.5, "1/4", 0.25, "1/8", 0.125)) {
      assertThat(problems(receiver().option("decode_scale", scale))).isEmpty();
    }
  }

  @Test
  void shouldRefuseSubscriberTimeoutWithPatternsThatAcknowledge() {
    assertThat(problems(receiver().subscriberTimeout(Duration.ofSeconds(5))))
        .singleElement()
        .asString()
        .contains("pattern pair acknowledges");
    assertThat(
            problems(
                receiver()
                    .pattern(2)
                    .subscriberTimeout(Duration.ofSeconds(5))
                    .idleLimit(Duration.ofSeconds(1))))
        .singleElement()
        .asString()
        .contains("mean the same");
  }

  @Test
  void shouldRefuseReceiveModeOfTheOtherBuilder() {
    assertThat(problems(sender().option("receive_mode", true)))
        .singleElement()
        .asString()
        .contains("NetGear.receiver()");
    assertThat(problems(receiver().option("receive_mode", false)))
        .singleElement()
        .asString()
        .contains("NetGear.sender()");
    assertThat(problems(receiver().option("receive_mode", true))).isEmpty();
  }

  @Test
  void shouldRefuseLimitsThatContradictEachOther() {
    assertThat(problems(sender().memoryLimit(1 << 20).maxMessageBytes(1 << 21)))
        .singleElement()
        .asString()
        .contains("raise that, or lower this");
    assertThat(problems(receiver().keepEncoded().encodedOnly()))
        .singleElement()
        .asString()
        .contains("are both set");
  }

  @Test
  void shouldTellOfMissingPluginsTogetherWithTheRest() {
    assertThat(
            problems(
                NetGear.sender()
                    .transport("carrier-pigeon")
                    .pattern("gossip")
                    .codec(new ToyCodec())
                    .maxRetries(-1)))
        .hasSize(3)
        .anySatisfy(
            problem ->
                assertThat(problem).startsWith("No transport named 'carrier-pigeon' is available."))
        .anySatisfy(
            problem -> assertThat(problem).startsWith("No pattern named 'gossip' is available."));
  }

  @Test
  void shouldThrowProviderNotFoundWhenNothingElseIsWrong() {
    assertThatThrownBy(
            () -> NetGear.sender().transport("carrier-pigeon").codec(new ToyCodec()).settings())
        .isInstanceOf(ProviderNotFoundException.class)
        .hasMessageStartingWith("No transport named 'carrier-pigeon' is available.");
  }

  @Test
  void shouldRefuseInstanceThatDoesNotWorkHere() {
    assertThatThrownBy(() -> sender().transport(new ToyTransport.Unavailable()).settings())
        .isInstanceOf(ProviderNotFoundException.class)
        .hasMessage("Transport 'toy' does not work here: its library is for another system");
  }
}
