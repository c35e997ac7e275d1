package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What two ends, neither of them ours, said to each other over one connection, as {@link
 * ConversationRecorder} wrote it down.
 *
 * @param of whose ends they were, and the version that they spoke
 * @param first socket type of one of them
 * @param second socket type of the other one
 * @param takes in whose place ours can say the same: {@code first}, {@code second} or both
 */
record Conversation(
    String name, String of, String first, String second, String takes, List<Unit> units) {
  private static final HexFormat HEX = HexFormat.of();

  /**
   * A greeting, a frame, or a message that was published when nobody wanted it.
   *
   * @param by {@code >} the first end, {@code <} the second, {@code !} the publisher, which no byte
   *     of it left
   * @param bytes as they were on the wire; of what did not get there, the message
   */
  record Unit(char by, byte[] bytes) {
    private static final int FLAGS_AT = 0;

    boolean isGreeting() {
      return bytes.length == Greeting.BYTES && bytes[0] == (byte) 0xFF;
    }

    boolean isCommand() {
      return wasSaid() && !isGreeting() && (bytes[FLAGS_AT] & Frame.COMMAND) != 0;
    }

    boolean isMessage() {
      return !isGreeting() && !isCommand();
    }

    /** Whether further frames of its message follow. */
    boolean hasMore() {
      return (bytes[FLAGS_AT] & Frame.MORE) != 0;
    }

    boolean wasSaid() {
      return by != '!';
    }

    /** Of a frame. */
    byte[] body() {
      boolean isLong = (bytes[FLAGS_AT] & Frame.LONG) != 0;
      return Arrays.copyOfRange(bytes, isLong ? Frame.MOST_HEADER : 2, bytes.length);
    }

    boolean isPing() {
      return isCommand() && words().equals("PING");
    }

    /** What it is, for readers of the file. */
    private String words() {
      if (!wasSaid()) {
        return "published, and wanted by nobody";
      }
      if (isGreeting()) {
        return "greeting of ZMTP " + bytes[10] + "." + bytes[11];
      }
      byte[] body = body();
      return isCommand()
          ? new String(body, 1, body[0], StandardCharsets.US_ASCII)
          : body.length + " bytes" + (hasMore() ? ", and more" : "");
    }

    private String line() {
      return by + " " + HEX.formatHex(bytes) + " ; " + words();
    }

    private static Unit read(String line) {
      return new Unit(line.charAt(0), HEX.parseHex(line.substring(2, line.indexOf(" ; "))));
    }
  }

  /** What one end said in one go: a greeting, a command, or all frames of a message. */
  record Turn(List<Unit> units) {
    char by() {
      return units.get(0).by();
    }

    boolean wasSaid() {
      return units.get(0).wasSaid();
    }

    boolean isMessage() {
      return wasSaid() && units.get(0).isMessage();
    }

    /** Of a message. */
    List<byte[]> parts() {
      return units.stream().map(Unit::body).toList();
    }
  }

  List<Turn> turns() {
    List<Turn> turns = new ArrayList<>();
    List<Unit> current = new ArrayList<>();
    for (Unit unit : units) {
      current.add(unit);
      if (!(unit.wasSaid() && unit.isMessage() && unit.hasMore())) {
        turns.add(new Turn(List.copyOf(current)));
        current.clear();
      }
    }
    return turns;
  }

  boolean endsInError() {
    return units.get(units.size() - 1).words().equals("ERROR");
  }

  /** Socket type of the end in whose place ours is put. */
  SocketType type(boolean asFirst) {
    return SocketType.valueOf(asFirst ? first : second);
  }

  boolean isTaken(boolean asFirst) {
    return takes.contains(asFirst ? "first" : "second");
  }

  void write(Path folder) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of("of " + of, "first " + first, "second " + second, "takes " + takes));
    units.forEach(unit -> lines.add(unit.line()));
    Files.write(folder.resolve(name + ".txt"), lines);
  }

  static List<Conversation> all() throws IOException, URISyntaxException {
    Path folder = Path.of(Conversation.class.getResource("conversations").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      List<Conversation> all =
          files
              .filter(file -> file.toString().endsWith(".txt"))
              .sorted()
              .map(Conversation::read)
              .toList();
      assertThat(all).hasSizeGreaterThan(15);
      return all;
    }
  }

  private static Conversation read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String name = file.getFileName().toString();
    return new Conversation(
        name.substring(0, name.length() - ".txt".length()),
        lines.get(0).substring("of ".length()),
        lines.get(1).substring("first ".length()),
        lines.get(2).substring("second ".length()),
        lines.get(3).substring("takes ".length()),
        lines.stream().skip(4).map(Unit::read).toList());
  }

  @Override
  public String toString() {
    return name;
  }
}
