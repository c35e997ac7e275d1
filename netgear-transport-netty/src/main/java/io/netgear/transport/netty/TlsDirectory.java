package io.netgear.transport.netty;

import io.netgear.TransportException;
import io.netgear.transport.netty.CertificateMaker.Identity;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory in which an end that speaks {@code tls} finds who it is and whom it trusts:
 *
 * <pre>
 * ca.crt     the authority: whoever has a certificate of it may come
 * own.crt    this end's certificate
 * own.key    the key to it, secret
 * ca.key     the authority's own key, secret: on the machine alone on which certificates are made
 * issued/    the certificates of other machines that were made here
 * revoked/   certificates (*.crt) whose owners may come no more
 * </pre>
 *
 * <p>All of them are PEM files, which others than this class may make as well. It makes those that
 * it makes by 'netgear keys --tls'.
 */
public final class TlsDirectory {
  private static final Duration EARLIER = Duration.ofHours(1); // clocks differ
  private static final Duration OF_AUTHORITY = Duration.ofDays(3650);
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

  private final Path root;

  private TlsDirectory(Path root) {
    this.root = root;
  }

  /**
   * The one at a path, which need not be there.
   *
   * @param directory null for {@code .netgear/tls} in the user's home directory
   */
  public static TlsDirectory at(Path directory) {
    return new TlsDirectory(
        directory == null
            ? Path.of(System.getProperty("user.home"), ".netgear", "tls")
            : directory);
  }

  /** Where it is. */
  public Path root() {
    return root;
  }

  Path authority() {
    return root.resolve("ca.crt");
  }

  private Path authorityKey() {
    return root.resolve("ca.key");
  }

  Path own() {
    return root.resolve("own.crt");
  }

  Path ownKey() {
    return root.resolve("own.key");
  }

  private Path issued() {
    return root.resolve("issued");
  }

  private Path revoked() {
    return root.resolve("revoked");
  }

  /**
   * Makes the certificate of this machine, and an authority first where there is none.
   *
   * @param hosts the names and addresses by which others reach it, besides localhost and its own
   *     name
   * @param validity how long it is good
   * @param overwrite whether to make it anew where there is one; the authority always stays
   * @return whether anything was made
   * @throws TransportException if a file cannot be read or written, or the authority is another
   *     machine's
   * @throws IllegalArgumentException if a host is neither a name nor an address
   */
  public boolean makeOwn(List<String> hosts, Duration validity, boolean overwrite) {
    Set<String> all = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
    String name = "this machine";
    try {
      name = InetAddress.getLocalHost().getHostName();
      if (isHost(name)) {
        all.add(name);
      }
    } catch (UnknownHostException e) {
      // a machine without a name is reached by its addresses
      name = "localhost";
    }
    hosts.forEach(host -> all.add(checked(host)));
    String subject = name;
    return locked(() -> makeIn(root, subject, List.copyOf(all), validity, overwrite));
  }

  /**
   * Makes, in a directory below this one, all that another machine needs: it is to be copied there
   * as a whole, and removed here.
   *
   * @param name of the end, which is the directory's too
   * @param hosts the names and addresses by which others reach it; none for one that only connects
   * @param validity how long its certificate is good
   * @param overwrite whether to make it anew where there is one
   * @return the directory
   * @throws TransportException if a file cannot be read or written, or the authority is another
   *     machine's
   * @throws IllegalArgumentException if the name or a host is not fit to be one
   */
  public Path makeFor(String name, List<String> hosts, Duration validity, boolean overwrite) {
    if (!name.matches(NAME) || name.equals("revoked") || name.equals("issued")) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' cannot be the name of an end: take 1 to 64 letters, digits, dots, _ and -, such as camera-7.");
    }
    List<String> all = hosts.stream().map(TlsDirectory::checked).distinct().toList();
    Path directory = root.resolve(name);
    locked(() -> makeIn(directory, name, all, validity, overwrite));
    return directory;
  }

  private boolean makeIn(
      Path directory, String name, List<String> hosts, Duration validity, boolean overwrite)
      throws IOException, GeneralSecurityException {
    Instant now = Instant.now();
    Instant from = now.minus(EARLIER);
    if (!Files.exists(authority())) {
      Identity made = CertificateMaker.authority("NetGear CA", from, now.plus(OF_AUTHORITY));
      OwnedFile.write(authorityKey(), Pem.text(made.key()), true);
      OwnedFile.write(authority(), Pem.text(made.certificate()), false);
    }
    TlsDirectory target = new TlsDirectory(directory);
    if (!overwrite && Files.exists(target.own()) && Files.exists(target.ownKey())) {
      return false;
    }
    if (!Files.exists(authorityKey())) {
      throw new TransportException(
          "Cannot make a certificate: "
              + authorityKey()
              + " is not here, without which "
              + authority()
              + " issues none. Make it on the machine that has the key, and copy it here.");
    }
    Files.createDirectories(directory);
    X509Certificate authority = Pem.certificates(authority()).get(0);
    Identity made =
        CertificateMaker.issue(
            new Identity(authority, Pem.key(authorityKey())),
            name,
            hosts,
            from,
            now.plus(validity));
    OwnedFile.write(target.ownKey(), Pem.text(made.key()), true);
    OwnedFile.write(target.own(), Pem.text(made.certificate()), false);
    if (!directory.equals(root)) {
      OwnedFile.write(target.authority(), Pem.text(authority), false);
      Files.createDirectories(issued());
      OwnedFile.write(issued().resolve(name + ".crt"), Pem.text(made.certificate()), false);
    }
    return true;
  }

  private static String checked(String host) {
    if (!isHost(host)) {
      throw new IllegalArgumentException(
          "'"
              + host
              + "' is neither a host's name nor an address: take one such as cam.example.org or 192.168.1.20.");
    }
    return host;
  }

  private static boolean isHost(String host) {
    return host.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})")
        || NetUtil.createByteArrayFromIpAddressString(host) != null;
  }

  private interface Making {
    boolean run() throws IOException, GeneralSecurityException;
  }

  private boolean locked(Making making) {
    try {
      Files.createDirectories(root);
      try (FileChannel channel =
              FileChannel.open(
                  root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new IOException("the lock was lost");
        }
        return making.run();
      }
    } catch (IOException e) {
      throw new TransportException(
          "Cannot make certificates in "
              + root
              + ": "
              + Pem.reason(e)
              + ". Make the directory writable, or point to another one.",
          e);
    } catch (GeneralSecurityException e) {
      throw new TransportException(
          "Cannot make certificates in " + root + ": this Java cannot compute them.", e);
    }
  }

  /** What there is, as it is found, also in the directories of other ends. */
  public List<TlsEntry> entries() {
    List<TlsEntry> entries = new ArrayList<>();
    try {
      add(this, entries);
      if (Files.isDirectory(root)) {
        try (Stream<Path> below = Files.list(root)) {
          for (Path each : below.filter(Files::isDirectory).sorted().toList()) {
            add(new TlsDirectory(each), entries);
          }
        }
      }
      for (Path each : revokedFiles()) {
        entries.add(TlsEntry.of(each));
      }
    } catch (IOException e) {
      throw new TransportException("Cannot read " + root + ": " + Pem.reason(e) + ".", e);
    }
    return entries;
  }

  private static void add(TlsDirectory directory, List<TlsEntry> to) {
    Stream.of(directory.authority(), directory.authorityKey(), directory.own(), directory.ownKey())
        .filter(Files::exists)
        .map(TlsEntry::of)
        .forEach(to::add);
  }

  private List<Path> revokedFiles() throws IOException {
    if (!Files.isDirectory(revoked())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(revoked())) {
      return files.filter(file -> file.toString().endsWith(".crt")).sorted().toList();
    }
  }

  /** The certificates that are refused in spite of the authority. */
  Set<X509Certificate> revokedCertificates() {
    Set<X509Certificate> all = new LinkedHashSet<>();
    try {
      revokedFiles().forEach(file -> all.addAll(Pem.certificates(file)));
    } catch (IOException e) {
      throw new TransportException("Cannot read " + revoked() + ": " + Pem.reason(e) + ".", e);
    }
    return all;
  }

  /** What to say of {@code own.key} if others may read it. */
  Optional<String> openSecret() {
    try {
      return OwnedFile.othersRead(ownKey())
          ? Optional.of(
              "Others than its owner may read the secret key "
                  + ownKey()
                  + ": take that right away (chmod 600), and make a new key if someone may have used it.")
          : Optional.empty();
    } catch (IOException e) {
      throw new TransportException("Cannot read " + ownKey() + ": " + Pem.reason(e) + ".", e);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
