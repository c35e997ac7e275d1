package io.netgear.it.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What two Python ends said to each other, as src/test/python/record.py wrote it down.
 *
 * @param pattern Python's number
 * @param options how a Java end takes part, by Python names
 */
record Conversation(
    String name, int pattern, Map<String, Object> options, List<Utterance> utterances) {

  private static final String RECORDED_PORT = "\"port\": \"7590\"";

  /**
   * One message.
   *
   * @param fromServer whether the sender of frames said it
   */
  record Utterance(boolean fromServer, List<byte[]> parts) {
    /** The same of an end that has another port than the recorded one. */
    Utterance at(String port) {
      List<byte[]> moved = new ArrayList<>(parts);
      moved.set(
          0,
          text()
              .replace(RECORDED_PORT, "\"port\": \"" + port + "\"")
              .getBytes(StandardCharsets.US_ASCII));
      return new Utterance(fromServer, moved);
    }

    String text() {
      return new String(parts.get(0), StandardCharsets.US_ASCII);
    }

    /** The first part, which is JSON. */
    Map<String, Object> header() {
      return Json.object(text());
    }

    boolean isGoodbye() {
      return fromServer && Boolean.TRUE.equals(header().get("terminate_flag"));
    }
  }

  /** The same with the end at {@code address} that says its port. */
  Conversation at(String address) {
    String port = portOf(address);
    return new Conversation(
        name, pattern, options, utterances.stream().map(said -> said.at(port)).toList());
  }

  static String portOf(String address) {
    return address.substring(address.lastIndexOf(':') + 1);
  }

  /** The same for an end on this transport. */
  private Conversation by(String transport) {
    Map<String, Object> more = new HashMap<>(options);
    more.put("transport", transport);
    return new Conversation(name + " by " + transport, pattern, more, utterances);
  }

  /** All that were recorded, for each transport. */
  static Stream<Conversation> all() throws IOException, URISyntaxException {
    Path folder = Path.of(Conversation.class.getResource("/conversations").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.sorted().toList();
      assertThat(found).hasSizeGreaterThanOrEqualTo(15);
      return found.stream()
          .map(Conversation::read)
          .flatMap(read -> Stream.of(read.by("zmq"), read.by("netty")));
    }
  }

  private static Conversation read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Map<String, Object> head = Json.object(lines.get(0).substring("head ".length()));
    List<Utterance> utterances = new ArrayList<>();
    ByteArrayOutputStream hex = null;
    for (String line : lines.subList(1, lines.size())) {
      List<byte[]> parts =
          utterances.isEmpty() ? List.of() : utterances.get(utterances.size() - 1).parts();
      hex = line.startsWith("  ") ? hex : finished(hex, parts);
      if (line.startsWith("> ") || line.startsWith("< ")) {
        utterances.add(new Utterance(line.startsWith(">"), new ArrayList<>()));
      } else if (line.startsWith("text ")) {
        parts.add(line.substring("text ".length()).getBytes(StandardCharsets.US_ASCII));
      } else if (line.equals("hex")) {
        hex = new ByteArrayOutputStream();
      } else {
        hex.writeBytes(HexFormat.of().parseHex(line.strip()));
      }
    }
    if (hex != null) {
      finished(hex, utterances.get(utterances.size() - 1).parts());
    }
    return new Conversation(
        file.getFileName().toString(),
        ((Long) head.get("pattern")).intValue(),
        options(head),
        utterances);
  }

  private static ByteArrayOutputStream finished(ByteArrayOutputStream hex, List<byte[]> parts) {
    if (hex != null) {
      parts.add(hex.toByteArray());
    }
    return null;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> options(Map<String, Object> head) {
    return (Map<String, Object>) head.get("options");
  }

  boolean answers() {
    return pattern < 2;
  }

  boolean bidirectional() {
    return Boolean.TRUE.equals(options.get("bidirectional_mode"));
  }

  @Override
  public String toString() {
    return name;
  }
}
