package io.netgear.internal.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.EndpointBuilder;
import io.netgear.ReceiverBuilder;
import io.netgear.SenderBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptionTableTest {
  /** The row of docs/options.md that an option must have. */
  private static String row(Option option) {
    String setter =
        option.setter().equals("-") ? "" : "`" + option.setter().replace(", ", "`, `") + "`";
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            option.key(),
            option.byDefault(),
            option.accepts(),
            setter,
            option.meaning() + where(option));
  }

  private static String where(Option option) {
    return option.concerns(End.SENDER)
        ? option.concerns(End.RECEIVER) ? "" : " (senders)"
        : " (receivers)";
  }

  @Test
  void shouldBeTheTableOfTheDocumentation() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "options.md")).stream()
            .dropWhile(line -> !line.startsWith("| option | default |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            Arrays.stream(Option.values()).map(OptionTableTest::row).toList());
  }

  @Test
  void shouldKnowEveryNameOfThePythonPeer() {
    assertThat(Option.keys())
        .contains(
            "address",
            "port",
            "protocol",
            "pattern",
            "receive_mode",
            "jpeg_compression",
            "jpeg_compression_quality",
            "jpeg_compression_fastdct",
            "jpeg_compression_fastupsample",
            "jpeg_compression_subsampling",
            "bidirectional_mode",
            "multiserver_mode",
            "multiclient_mode",
            "secure_mode",
            "custom_cert_location",
            "overwrite_cert",
            "ssh_tunnel_mode",
            "ssh_tunnel_pwd",
            "ssh_tunnel_keyfile",
            "max_retries",
            "request_timeout",
            "subscriber_timeout",
            "logging",
            "flag",
            "copy",
            "track");
  }

  @Test
  void shouldNameSettersThatThereAre() {
    List<String> methods =
        Stream.<Class<?>>of(EndpointBuilder.class, ReceiverBuilder.class, SenderBuilder.class)
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .map(Method::getName)
            .toList();

    assertThat(
            Arrays.stream(Option.values())
                .map(Option::setter)
                .filter(setter -> !setter.equals("-")))
        .allSatisfy(setters -> assertThat(methods).contains(setters.split(", ")));
  }
}
