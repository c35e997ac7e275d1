package io.netgear.tunnel.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.netgear.spi.TunnelSpec;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a tunnel logs in with, read once when it opens: a key file, a password, or the user's usual
 * keys where neither was given. What unlocks a key never goes to a server.
 *
 * @param methods the ways of SSH to authenticate that these allow, in order
 * @param password to be told to the server; null for none
 * @param description what was tried, for the error when it was refused; tells no secret
 */
record Credentials(List<String> methods, String password, String description) {
  private static final System.Logger LOG = System.getLogger("io.netgear.tunnel.ssh");
  private static final List<String> BY_KEY = List.of("publickey");
  private static final List<String> BY_PASSWORD = List.of("password", "keyboard-interactive");
  private static final List<String> BY_BOTH =
      List.of("publickey", "password", "keyboard-interactive");
  private static final List<String> USUAL = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  /**
   * Reads them, keys into {@code jsch}.
   *
   * @throws LoginException if the key file cannot be used, or there is nothing to log in with
   */
  static Credentials of(TunnelSpec spec, JSch jsch) {
    if (spec.keyFile() != null) {
      return ofKeyFile(spec, jsch);
    }
    return spec.password() != null
        ? new Credentials(BY_PASSWORD, spec.password(), "the password")
        : ofUsualKeys(spec, jsch);
  }

  private static Credentials ofKeyFile(TunnelSpec spec, JSch jsch) {
    Path file = spec.keyFile();
    KeyPair key = read(file, spec);
    boolean encrypted = key.isEncrypted();
    if (encrypted && spec.password() == null) {
      key.dispose();
      throw refused(
          spec, "key file " + file + " is encrypted: give what unlocks it as ssh_tunnel_pwd", null);
    }
    byte[] passphrase = encrypted ? spec.password().getBytes(StandardCharsets.UTF_8) : null;
    if (encrypted && !key.decrypt(passphrase.clone())) {
      key.dispose();
      throw refused(spec, "ssh_tunnel_pwd does not unlock key file " + file, null);
    }
    key.dispose();
    warnOfReaders(file);
    add(jsch, file, passphrase, spec);
    return encrypted || spec.password() == null
        ? new Credentials(BY_KEY, null, "key file " + file)
        : new Credentials(BY_BOTH, spec.password(), "key file " + file + " and the password");
  }

  private static Credentials ofUsualKeys(TunnelSpec spec, JSch jsch) {
    Path folder = Path.of(System.getProperty("user.home"), ".ssh");
    List<Path> usable =
        USUAL.stream()
            .map(folder::resolve)
            .filter(Files::isReadable)
            .filter(file -> !isEncrypted(file, spec))
            .toList();
    if (usable.isEmpty()) {
      throw refused(
          spec,
          "there is nothing to log in with: give ssh_tunnel_keyfile or ssh_tunnel_pwd, as "
              + folder
              + " has no key that needs no unlocking",
          null);
    }
    usable.forEach(file -> add(jsch, file, null, spec));
    return new Credentials(
        BY_KEY,
        null,
        usable.stream().map(Path::toString).collect(Collectors.joining(", ", "key file ", "")));
  }

  private static boolean isEncrypted(Path file, TunnelSpec spec) {
    KeyPair key = read(file, spec);
    boolean encrypted = key.isEncrypted();
    key.dispose();
    return encrypted;
  }

  private static KeyPair read(Path file, TunnelSpec spec) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw refused(
          spec,
          "key file "
              + file
              + (Files.exists(file) ? " cannot be read by this user" : " does not exist"),
          null);
    }
    try {
      return KeyPair.load(new JSch(), file.toString(), null);
    } catch (JSchException | RuntimeException e) { // whatever a file that is no key leads to
      throw refused(
          spec,
          file + " is no private key that can be read; expected one that ssh-keygen makes",
          e);
    }
  }

  private static void add(JSch jsch, Path file, byte[] passphrase, TunnelSpec spec) {
    try {
      jsch.addIdentity(file.toString(), passphrase);
    } catch (JSchException e) {
      throw refused(spec, "key file " + file + " cannot be used: " + e.getMessage(), e);
    } finally {
      if (passphrase != null) {
        Arrays.fill(passphrase, (byte) 0);
      }
    }
  }

  private static void warnOfReaders(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ)) {
        LOG.log(
            Level.WARNING,
            "Key file {0} can be read by other users of this machine: chmod 600 it.",
            file);
      }
    } catch (UnsupportedOperationException e) {
      LOG.log(Level.DEBUG, "The file system of {0} has no permissions to look at.", file);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The permissions of a key file cannot be read.", e);
    }
  }

  private static LoginException refused(TunnelSpec spec, String why, Throwable cause) {
    return new LoginException(
        true, "No SSH tunnel through " + spec.server() + ": " + why + ".", cause);
  }

  /** Keeps the secret out of logs. */
  @Override
  public String toString() {
    return description;
  }
}
