package io.netgear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys for each machine, made and listed, with secrets never shown. */
class KeysTest {
  @TempDir Path home;

  private CommandRun keys(String... args) {
    String[] all =
        Stream.concat(Stream.of("keys", "--keys=" + home), Stream.of(args)).toArray(String[]::new);
    CommandRun run = CommandRun.start(all);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.FINE);
    return run;
  }

  private Path file(String name) {
    return home.resolve(".vidgear").resolve("keys").resolve(name);
  }

  @Test
  void shouldMakeOnlyWhatAMachineOwns() throws IOException {
    CommandRun run = keys("make", "--for=receiver");

    assertThat(file("private_keys/server.key_secret")).exists();
    assertThat(file("private_keys/client.key_secret")).doesNotExist();
    assertThat(run.out())
        .contains("server.key", "Copy ", "To be a sender this machine lacks client.key_secret")
        .doesNotContain(secretIn(file("private_keys/server.key_secret")));
  }

  @Test
  @SuppressWarnings("unchecked")
  void shouldTellProgramsWhatThereIsAndWhatIsMissing() throws IOException {
    keys("make", "--for=sender");
    CommandRun run = keys("list", "--json");

    Map<String, Object> listed = run.summary();
    assertThat(listed).containsEntry("made", List.of());
    assertThat((List<Map<String, Object>>) listed.get("keys"))
        .hasSize(2)
        .allSatisfy(
            key -> {
              assertThat((String) key.get("public_key")).hasSize(40);
              assertThat((String) key.get("fingerprint")).matches("[0-9a-f-]{19}");
              assertThat(key).containsEntry("others_read", key.get("secret").equals(false));
            });
    assertThat(((Map<String, List<String>>) listed.get("missing")).get("sender"))
        .singleElement()
        .asString()
        .contains("server.key", "receiver's machine");
    assertThat(run.out()).doesNotContain(secretIn(file("private_keys/client.key_secret")));
  }

  @Test
  void shouldReplaceKeysOnlyWhenTold() throws IOException {
    keys("make");
    String before = Files.readString(file("public_keys/client.key"));

    assertThat(keys("make", "--json").summary()).containsEntry("made", List.of());
    assertThat(file("public_keys/client.key")).hasContent(before);
    assertThat(keys("make", "--overwrite", "--for=sender", "--json").summary())
        .containsEntry("made", List.of("sender"));
    assertThat(Files.readString(file("public_keys/client.key"))).isNotEqualTo(before);
  }

  @Test
  void shouldSayInWordsThatKeysCannotBeMadeThere() throws IOException {
    Path file = Files.createFile(home.resolve("file"));
    CommandRun run = CommandRun.start("keys", "make", "--keys=" + file);

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err())
        .startsWith("netgear: Cannot make keys in " + file)
        .doesNotContain("Exception")
        .hasLineCount(1);
  }

  @Test
  void shouldSayWhichFlagOfSecurityIsWrong() {
    CommandRun wrong = CommandRun.start("recv", "--secure=7", "--keys=" + home, "--json");
    assertThat(wrong.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(wrong.err() + wrong.out()).contains("secure_mode");

    CommandRun useless = CommandRun.start("recv", "--keys=" + home, "--json");
    assertThat(useless.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(useless.err() + useless.out()).contains("set secure_mode to 1 or 2");
    assertThat(home).isEmptyDirectory();
  }

  private static String secretIn(Path file) throws IOException {
    String line =
        Files.readAllLines(file).stream()
            .filter(each -> each.strip().startsWith("secret-key"))
            .findFirst()
            .orElseThrow();
    return line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
  }
}
