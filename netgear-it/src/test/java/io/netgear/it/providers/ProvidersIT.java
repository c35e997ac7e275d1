package io.netgear.it.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.netgear.it.process.JavaProgram;
import io.netgear.it.process.Json;
import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.RunningProgram;
import io.netgear.it.process.Summary;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plug-ins found and missing, each time in a JVM that has nothing but the packed jars. */
class ProvidersIT {
  @RegisterExtension final Programs programs = new Programs();

  @ParameterizedTest
  @EnumSource
  void shouldFindEveryPlugInOfTheJarsThatAreThere(Paths path) {
    Map<String, Map<?, ?>> providers = providers(path.program());

    assertThat(providers.keySet())
        .containsExactlyInAnyOrder(
            "transport zmq",
            "transport netty",
            "codec turbojpeg",
            "codec raw",
            "pattern pair",
            "pattern request-reply",
            "pattern publish-subscribe",
            "pattern push-pull",
            "tunnel ssh");
    assertThat(providers.values()).allMatch(provider -> provider.get("usable").equals(true));
    assertThat(providers.get("transport zmq").get("origin"))
        .asString()
        .contains(path == Paths.MODULE_PATH ? "io.netgear.transport.zmq" : "netgear-transport-zmq");
    assertThat((String) providers.get("codec turbojpeg").get("detail")).contains("libjpeg-turbo");
  }

  @ParameterizedTest
  @EnumSource
  void shouldSayWhatToAddWhenTheTransportIsMissing(Paths path) {
    String complaint =
        programs.start(path.program().without("netgear-transport-zmq"), "recv").awaitComplaint(1);

    assertThat(complaint)
        .contains("No transport named 'zmq' is available.")
        .contains("found:   netty")
        .contains("Add io.netgear:netgear-transport-zmq");
  }

  @ParameterizedTest
  @EnumSource
  void shouldSayWhatToAddWhenTheCodecIsMissing(Paths path) {
    JavaProgram program = path.program().without("netgear-codec-turbojpeg");
    String complaint =
        programs.start(program, "send", "--connect", "tcp://127.0.0.1:9").awaitComplaint(1);

    assertThat(complaint)
        .contains("No codec named 'turbojpeg' is available.")
        .contains("found:   raw")
        .contains("Add io.netgear:netgear-codec-turbojpeg");
  }

  @ParameterizedTest
  @EnumSource
  void shouldSendRawFramesWithoutACodecOfTheirOwn(Paths path) {
    JavaProgram program = path.program().without("netgear-codec-turbojpeg");
    Receiver receiver = programs.receiver(program, "--check", "test");
    RunningProgram sender =
        programs.sender(
            program, receiver, "--raw", "--frames", "20", "--source", "test:320x240@100");

    sender.awaitSummary().assertEnded("limit");
    Summary received = receiver.awaitSummary().assertEnded("goodbye").assertWholePattern(20);
    assertThat(received.count("exact")).isEqualTo(20);
  }

  @ParameterizedTest
  @EnumSource
  void shouldTellAReceiverWithoutCodecWhatToAdd(Paths path) {
    Receiver receiver = programs.receiver(path.program().without("netgear-codec-turbojpeg"));
    programs.sender(receiver, "--frames", "5", "--source", "test:320x240@100");
    Summary received = receiver.program().awaitFailedSummary().assertBalanced();

    assertThat(receiver.program().err())
        .contains("No codec for frames in 'jpeg' is available.")
        .contains("Add io.netgear:netgear-codec-turbojpeg");
    assertThat(received.value("error")).asString().contains("netgear-codec-turbojpeg");
    assertThat(received.count("frames")).isZero();
    assertThat(received.dropped()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void shouldSuggestTheNearestNameThatIsThere(Paths path) {
    String complaint =
        programs.start(path.program(), "recv", "--transport", "zqm").awaitComplaint(1);

    assertThat(complaint)
        .contains("No transport named 'zqm' is available.")
        .contains("Did you mean 'zmq'?");
  }

  /** What {@code info} tells, by kind and name. */
  private Map<String, Map<?, ?>> providers(JavaProgram program) {
    RunningProgram info = programs.start(program, "info", "--json");
    assertThat(info.awaitExit()).isZero();
    assertThat(info.err()).isEmpty();
    Map<String, Object> told = Json.object(info.out().get(0));
    assertThat(told).contains(entry("netgear", told.get("netgear"))).containsKeys("java", "cpu");
    return ((List<?>) told.get("providers"))
        .stream()
            .map(provider -> (Map<?, ?>) provider)
            .collect(
                Collectors.toMap(
                    provider -> provider.get("kind") + " " + provider.get("name"),
                    Function.identity()));
  }
}
