package io.netgear.tunnel.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.NetGear;
import io.netgear.SenderBuilder;
import io.netgear.TransportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in at a real OpenSSH server, and what is said to who is not. */
class LoginTest {
  @TempDir Path folder;

  private static SenderBuilder sender(OpenSsh server) {
    return NetGear.sender("tcp://127.0.0.1:5555")
        .uncompressed()
        .sshTunnel(server.server())
        .sshKeyFile(server.userKey())
        .sshKnownHosts(server.knownHosts());
  }

  private static AbstractThrowableAssert<?, ?> refusal(SenderBuilder sender) {
    return assertThatThrownBy(() -> sender.open().close()).isInstanceOf(TransportException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void shouldLogInWithKeysOfEveryUsualType(String type) throws IOException {
    try (OpenSsh server = OpenSsh.start(folder)) {
      Path key = server.makeKey("another", type, "");
      server.authorize(key);

      sender(server).sshKeyFile(key).open().close();
    }
  }

  @Test
  void shouldUnlockAnEncryptedKeyFile() throws IOException {
    try (OpenSsh server = OpenSsh.start(folder)) {
      Path key = server.makeKey("locked", "ed25519", "open sesame");
      server.authorize(key);

      sender(server).sshKeyFile(key).sshPassword("open sesame").open().close();
    }
  }

  @Test
  void shouldSayThatThePasswordDoesNotUnlockTheKeyFile() throws IOException {
    try (OpenSsh server = OpenSsh.start(folder)) {
      Path key = server.makeKey("locked", "ed25519", "open sesame");

      refusal(sender(server).sshKeyFile(key).sshPassword("wrong-secret"))
          .hasMessageContaining("ssh_tunnel_pwd does not unlock key file " + key)
          .hasMessageNotContaining("wrong-secret");
      refusal(sender(server).sshKeyFile(key))
          .hasMessageContaining("key file " + key + " is encrypted")
          .hasMessageContaining("ssh_tunnel_pwd");
    }
  }

  @Test
  void shouldSayThatTheServerDoesNotKnowTheKey() throws IOException {
    try (OpenSsh server = OpenSsh.start(folder)) {
      Path key = server.makeKey("stranger", "ed25519", "");

      refusal(sender(server).sshKeyFile(key))
          .hasMessageContaining("SSH server " + server.server() + " did not let user '")
          .hasMessageContaining("in with key file " + key + " (it takes publickey)")
          .hasMessageContaining("authorized_keys");
    }
  }

  @Test
  void shouldSayThatTheKeyFileIsNotThereOrNoKey() throws IOException {
    try (OpenSsh server = OpenSsh.start(folder)) {
      Path nowhere = folder.resolve("nowhere");
      Path prose = Files.writeString(folder.resolve("prose"), "My key is under the mat.\n");

      refusal(sender(server).sshKeyFile(nowhere))
          .hasMessageContaining("key file " + nowhere + " does not exist");
      refusal(sender(server).sshKeyFile(prose))
          .hasMessageContaining(prose + " is no private key that can be read");
    }
  }

  @Test
  void shouldRefuseAServerThatIsNotKnown() throws Exception {
    try (OpenSsh server = OpenSsh.start(folder)) {
      Path empty = Files.createFile(folder.resolve("empty"));
      Path missing = folder.resolve("missing");

      refusal(sender(server).sshKnownHosts(empty))
          .hasMessageContaining("SSH server 127.0.0.1 port " + server.port + " is not known")
          .hasMessageContaining("ssh-ed25519 key")
          .hasMessageContaining(fingerprint(folder.resolve("host.pub")))
          .hasMessageContaining(empty + " has no key of it")
          .hasMessageContaining("ssh-keyscan -p " + server.port + " 127.0.0.1 >> " + empty);
      refusal(sender(server).sshKnownHosts(missing))
          .hasMessageContaining(missing + " does not exist");
      assertThat(empty).isEmptyFile();
      assertThat(missing).doesNotExist();
    }
  }

  @Test
  void shouldRefuseAServerWhoseKeyIsAnother() throws Exception {
    try (OpenSsh server = OpenSsh.start(folder)) {
      Path other = server.makeKey("other", "ed25519", "");
      String line = server.knownHostsLine(Path.of(other + ".pub"));
      Files.writeString(server.knownHosts(), line);

      refusal(sender(server))
          .hasMessageContaining("shows another key than " + server.knownHosts())
          .hasMessageContaining(fingerprint(folder.resolve("host.pub")))
          .hasMessageContaining("-R '[127.0.0.1]:" + server.port + "'");
      assertThat(server.knownHosts()).hasContent(line);
    }
  }

  @Test
  void shouldRefuseAServerWhoseKeyIsRevoked() throws Exception {
    try (OpenSsh server = OpenSsh.start(folder)) {
      Files.writeString(
          server.knownHosts(), "@revoked " + server.knownHostsLine(folder.resolve("host.pub")));

      refusal(sender(server)).hasMessageContaining("marks as revoked");
    }
  }

  @Test
  void shouldFindAServerWhoseNameIsHashed() throws Exception {
    try (OpenSsh server = OpenSsh.start(folder)) {
      Process hashing =
          new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", server.knownHosts().toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(hashing.waitFor()).isZero();
      assertThat(server.knownHosts()).content().startsWith("|1|");

      sender(server).open().close();
    }
  }

  @Test
  void shouldSayThatNothingListensThere() {
    try (OpenSsh server = OpenSsh.start(folder)) {
      server.stop();

      refusal(sender(server))
          .hasMessageContaining(
              "SSH server " + server.server() + " cannot be reached: nothing listens");
    }
  }

  /** As {@code ssh-keygen -l} prints it. */
  private static String fingerprint(Path publicKey) throws Exception {
    String base64 = Files.readString(publicKey, StandardCharsets.US_ASCII).split(" ")[1];
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64.strip()));
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
  }
}
