package io.netgear.transport.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.neilalexander.jnacl.crypto.curve25519;
import io.netgear.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys on disk: what is made, what is read, and what is refused. */
@Timeout(60)
class KeyDirectoryTest {
  @TempDir Path home;
  private KeyDirectory keys;

  @BeforeEach
  void open() {
    keys = KeyDirectory.at(home);
  }

  @Test
  void shouldFindTheDirectoryWhereThePythonPeerDoes() {
    assertThat(keys.root()).isEqualTo(home.resolve(".vidgear").resolve("keys"));
    assertThat(KeyDirectory.at(home.resolve(".vidgear")).root()).isEqualTo(keys.root());
    assertThat(KeyDirectory.at(null).root())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".vidgear", "keys").toAbsolutePath());
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void shouldMakeTheKeysOfBothEndsWhereThereAreNone() {
    assertThat(keys.makeMissing(KeyOwner.SENDER)).isTrue();

    for (KeyOwner owner : KeyOwner.values()) {
      assertThat(keys.pair(owner).open()).isEqualTo(keys.publicKey(owner));
    }
    assertThat(keys.publicKey(KeyOwner.SENDER)).isNotEqualTo(keys.publicKey(KeyOwner.RECEIVER));
    assertThat(keys.makeMissing(KeyOwner.RECEIVER)).isFalse();
  }

  @Test
  void shouldMakeOnlyItsOwnKeysWhereThereAreOthers() throws IOException {
    copyOf("client.key", CurveKeyPair.generate());

    assertThat(keys.makeMissing(KeyOwner.RECEIVER)).isTrue();

    assertThat(keys.secretFile(KeyOwner.RECEIVER)).exists();
    assertThat(keys.secretFile(KeyOwner.SENDER)).doesNotExist();
  }

  @Test
  void shouldNotReplaceAKeyThatCameFromElsewhere() throws IOException {
    CurveKeyPair theirs = CurveKeyPair.generate();
    copyOf("server.key", theirs);

    assertThatThrownBy(() -> keys.makeMissing(KeyOwner.RECEIVER))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("server.key_secret")
        .hasMessageContaining("netgear keys make");
    assertThat(keys.publicKey(KeyOwner.RECEIVER)).isEqualTo(theirs.open());
  }

  @Test
  void shouldMakeAPublicHalfAgainFromItsSecretOne() throws IOException {
    keys.makeMissing(KeyOwner.SENDER);
    CurveKey before = keys.publicKey(KeyOwner.SENDER);
    Files.delete(keys.publicFile(KeyOwner.SENDER));

    keys.makeMissing(KeyOwner.SENDER);

    assertThat(keys.publicKey(KeyOwner.SENDER)).isEqualTo(before);
  }

  @Test
  void shouldReplaceKeysOnlyWhenTold() {
    keys.make(List.of(KeyOwner.values()), false);
    CurveKey before = keys.publicKey(KeyOwner.SENDER);

    assertThat(keys.make(List.of(KeyOwner.SENDER), false)).isEmpty();
    assertThat(keys.publicKey(KeyOwner.SENDER)).isEqualTo(before);
    assertThat(keys.make(List.of(KeyOwner.SENDER), true)).isEqualTo(Set.of(KeyOwner.SENDER));
    assertThat(keys.pair(KeyOwner.SENDER).open()).isNotEqualTo(before);
  }

  @Test
  void shouldLeaveSecretsToTheirOwnerAlone() throws IOException {
    assumeTrue(Files.getFileAttributeView(home, PosixFileAttributeView.class) != null);
    keys.makeMissing(KeyOwner.SENDER);

    Path secret = keys.secretFile(KeyOwner.SENDER);
    assertThat(permissions(secret)).isEqualTo("rw-------");
    assertThat(permissions(secret.getParent())).isEqualTo("rwx------");
    assertThat(permissions(keys.publicFile(KeyOwner.SENDER))).isEqualTo("rw-r--r--");
    assertThat(keys.othersReadSecret(KeyOwner.SENDER)).isFalse();
  }

  @Test
  void shouldNoticeSecretsThatOthersRead() throws IOException {
    assumeTrue(Files.getFileAttributeView(home, PosixFileAttributeView.class) != null);
    keys.makeMissing(KeyOwner.SENDER);
    Path secret = keys.secretFile(KeyOwner.SENDER);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(keys.othersReadSecret(KeyOwner.SENDER)).as("in a directory of 0700").isFalse();

    Files.setPosixFilePermissions(secret.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(keys.othersReadSecret(KeyOwner.SENDER)).isTrue();
    assertThat(keys.entries())
        .anySatisfy(entry -> assertThat(entry.trouble().orElse("")).contains("chmod 600"));
  }

  @Test
  void shouldReadWhatOtherToolsWrite() throws IOException {
    CurveKeyPair pair = pairWith('=', '#');
    Path file = home.resolve("made-elsewhere.key_secret");
    Files.writeString(
        file,
        """
        #   ****  Generated by some tool  ****
        #   public-key = "not this one"

        metadata
            name = "camera = 7"
        curve
           public-key = '%s'
        \tsecret-key=%s
        """
            .formatted(pair.open().text(), Z85.encode(pair.secret())));

    assertThat(KeyFile.readPair(file).open()).isEqualTo(pair.open());
    assertThat(KeyFile.readPublic(file)).isEqualTo(pair.open());
  }

  @Test
  void shouldRefuseFilesThatHoldNoKey() throws IOException {
    Path file = home.resolve("bad.key");
    for (String text :
        List.of(
            "",
            "public-key = \"short\"",
            "public-key",
            "public-key = \"" + "~".repeat(40) + "\"")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> KeyFile.readPublic(file))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("bad.key");
    }
    Files.write(file, new byte[70_000]);
    assertThatThrownBy(() -> KeyFile.readPublic(file)).hasMessageContaining("70000 bytes");
  }

  @Test
  void shouldRefuseHalvesThatDoNotBelongTogether() throws IOException {
    keys.makeMissing(KeyOwner.RECEIVER);
    copyOf("server.key", CurveKeyPair.generate());

    assertThatThrownBy(() -> keys.pair(KeyOwner.RECEIVER))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("disagree")
        .hasMessageNotContaining(secretIn(keys.secretFile(KeyOwner.RECEIVER)));
  }

  @Test
  void shouldListEveryPublicKeyAndSkipWhatIsNone() throws IOException {
    CurveKeyPair camera = CurveKeyPair.generate();
    keys.makeMissing(KeyOwner.RECEIVER);
    copyOf("camera-7.key", camera);
    Files.writeString(keys.publicFile(KeyOwner.SENDER).resolveSibling("broken.key"), "nothing");
    List<String> warnings = new ArrayList<>();

    assertThat(keys.listed(warnings::add).keySet())
        .containsExactlyInAnyOrder(
            camera.open(), keys.publicKey(KeyOwner.SENDER), keys.publicKey(KeyOwner.RECEIVER));
    assertThat(warnings).singleElement().asString().contains("broken.key");
  }

  @Test
  void shouldAgreeWhenSeveralMakeKeysAtOnce() throws Exception {
    int makers = 8;
    CyclicBarrier start = new CyclicBarrier(makers);
    ExecutorService threads = Executors.newFixedThreadPool(makers);
    try {
      List<Callable<CurveKey>> tasks = new ArrayList<>();
      for (int i = 0; i < makers; i++) {
        KeyOwner owner = i % 2 == 0 ? KeyOwner.SENDER : KeyOwner.RECEIVER;
        tasks.add(
            () -> {
              start.await();
              keys.makeMissing(owner);
              return keys.pair(KeyOwner.SENDER).open();
            });
      }
      for (Future<CurveKey> made : threads.invokeAll(tasks)) {
        assertThat(made.get()).isEqualTo(keys.publicKey(KeyOwner.SENDER));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldComputeKeysAsOthersDo() {
    byte[] secret =
        HexFormat.of().parseHex("77076d0a7318a57d3c16c17251b26645df92d7f7e6f7b8e6d1c6b4a7a3c8d2e9");
    byte[] theirs = new byte[32];
    curve25519.crypto_scalarmult_base(theirs, secret.clone());

    assertThat(CurveKeyPair.of(secret).open().bytes()).isEqualTo(theirs);
    assertThat(Z85.encode(HexFormat.of().parseHex("864fd26fb559f75b"))).isEqualTo("HelloWorld");
    assertThat(Z85.decode("HelloWorld"))
        .hasValueSatisfying(bytes -> assertThat(bytes).asHexString().isEqualTo("864FD26FB559F75B"));
    assertThat(Z85.decode("#####")).as("more than 32 bits").isEmpty();
  }

  @Test
  void shouldNeverShowASecret() {
    CurveKeyPair pair = CurveKeyPair.generate();
    String secret = Z85.encode(pair.secret());

    assertThat(pair.toString()).contains(pair.open().text()).doesNotContain(secret);
    assertThat(Protection.ofSender(pair, pair.open(), keys).toString()).doesNotContain(secret);
    assertThat(pair.open().fingerprint()).matches("[0-9a-f]{4}(-[0-9a-f]{4}){3}");
  }

  private static CurveKeyPair pairWith(char one, char other) {
    CurveKeyPair pair = CurveKeyPair.generate();
    while (pair.open().text().indexOf(one) < 0
        || Z85.encode(pair.secret()).indexOf(other) < 0
        || Z85.encode(pair.secret()).indexOf(one) < 0) {
      pair = CurveKeyPair.generate();
    }
    return pair;
  }

  private void copyOf(String file, CurveKeyPair pair) throws IOException {
    Path path = keys.publicFile(KeyOwner.SENDER).resolveSibling(file);
    Files.createDirectories(path.getParent());
    KeyFile.writePublic(path, pair.open());
  }

  private static String secretIn(Path file) {
    return Z85.encode(KeyFile.readPair(file).secret());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
