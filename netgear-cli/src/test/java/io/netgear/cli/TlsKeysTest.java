package io.netgear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An authority and certificates for each machine, made and listed, with secrets never shown. */
class TlsKeysTest {
  @TempDir Path home;

  private CommandRun run(String... args) {
    return CommandRun.start(
        Stream.concat(Stream.of("keys", "--tls", "--keys=" + home), Stream.of(args))
            .toArray(String[]::new));
  }

  private CommandRun keys(String... args) {
    CommandRun run = run(args);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.FINE);
    return run;
  }

  @Test
  void shouldMakeAnAuthorityAndACertificateForThisMachine() throws IOException {
    CommandRun run = keys("--host", "192.168.1.20,cam.example.org");

    assertThat(home.resolve("ca.crt")).content().startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(home.resolve("own.crt")).content().startsWith("-----BEGIN CERTIFICATE-----");
    for (String secret : List.of("ca.key", "own.key")) {
      Path file = home.resolve(secret);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      String key = Files.readAllLines(file).get(1);
      assertThat(key).hasSize(64);
      assertThat(run.out() + run.err()).doesNotContain(key, key.substring(0, 16));
    }
    assertThat(run.out())
        .contains("own.crt", "localhost 127.0.0.1", "192.168.1.20 cam.example.org", "until 20");
  }

  @Test
  void shouldKeepWhatThereIsUnlessToldToOverwrite() throws IOException {
    keys();
    String authority = Files.readString(home.resolve("ca.crt"));
    String own = Files.readString(home.resolve("own.crt"));

    assertThat(keys("make").out()).contains("has a certificate already");
    assertThat(home.resolve("own.crt")).hasContent(own);

    keys("make", "--overwrite", "--days=1");
    assertThat(Files.readString(home.resolve("own.crt"))).isNotEqualTo(own);
    assertThat(home.resolve("ca.crt")).hasContent(authority);
  }

  @Test
  void shouldPutTogetherWhatAnotherMachineNeeds() {
    CommandRun run = keys("make", "--name=camera-7");

    Path other = home.resolve("camera-7");
    assertThat(other.toFile().list()).containsExactlyInAnyOrder("ca.crt", "own.crt", "own.key");
    assertThat(other.resolve("ca.crt")).hasSameTextualContentAs(home.resolve("ca.crt"));
    assertThat(run.out()).contains("Copy the directory " + other);
    assertThat(home.resolve("own.crt")).doesNotExist();
  }

  @Test
  @SuppressWarnings("unchecked")
  void shouldTellProgramsWhatThereIs() throws IOException {
    keys("make");
    Files.writeString(home.resolve("own.crt"), "scribble");
    CommandRun run = keys("list", "--json");

    List<Map<String, Object>> files = (List<Map<String, Object>>) run.summary().get("files");
    assertThat(files).hasSize(4);
    assertThat(files)
        .filteredOn(file -> file.get("file").equals(home.resolve("own.crt").toString()))
        .singleElement()
        .satisfies(
            file -> assertThat((String) file.get("trouble")).contains("holds no certificate"));
    assertThat(files)
        .filteredOn(file -> file.get("file").equals(home.resolve("ca.crt").toString()))
        .singleElement()
        .satisfies(
            file ->
                assertThat((String) file.get("fingerprint"))
                    .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--host=a b", "--host=*.org", "--name=../up", "--name=revoked", "--days=0"})
  void shouldRefuseWhatCannotStandInACertificate(String flag) {
    CommandRun run = run("make", flag);

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void shouldNotIssueWhatOnlyTheOwnerOfTheAuthorityCan() throws IOException {
    keys();
    Files.delete(home.resolve("ca.key"));

    CommandRun run = run("make", "--name=camera-7");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("ca.key is not here");
  }

  @Test
  void shouldRefuseCertificateFlagsForOtherKeys() {
    CommandRun run = CommandRun.start("keys", "--keys=" + home, "--host=a.example.org");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("add --tls");
  }
}
