package io.netgear.transport.zmq;

import io.netgear.TransportException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A directory of CURVE keys in the layout that the Python NetGear uses, so that either reads what
 * the other has made:
 *
 * <pre>
 *   .vidgear/keys/public_keys/server.key           the receiver's, for senders
 *   .vidgear/keys/public_keys/client.key           the sender's, for receivers; more may lie beside it
 *   .vidgear/keys/private_keys/server.key_secret   stays on the receiver's machine
 *   .vidgear/keys/private_keys/client.key_secret   stays on the sender's machine
 * </pre>
 *
 * <p>What is made appears as a whole or not at all, secrets readable by their owner alone.
 * Processes that make keys at the same time agree, by a lock on the file {@code .lock}. Stateless
 * and thread-safe.
 */
public final class KeyDirectory {
  private static final ReentrantLock MAKING = new ReentrantLock();
  private static final String SUFFIX = ".key";

  private final Path root;

  private KeyDirectory(Path root) {
    this.root = root;
  }

  /**
   * Below {@code location}, which is the user's home directory if null; a location called {@code
   * .vidgear} is that directory itself. Touches nothing.
   */
  public static KeyDirectory at(Path location) {
    Path base =
        (location == null ? Path.of(System.getProperty("user.home")) : location)
            .toAbsolutePath()
            .normalize();
    Path last = base.getFileName();
    boolean inside = last != null && last.toString().equals(".vidgear");
    return new KeyDirectory((inside ? base : base.resolve(".vidgear")).resolve("keys"));
  }

  /** The directory that has {@code public_keys} and {@code private_keys} in it. */
  public Path root() {
    return root;
  }

  /** Where the public half of an owner's key is, or would be. */
  public Path publicFile(KeyOwner owner) {
    return publicKeys().resolve(owner.publicFile());
  }

  /** Where the secret half of an owner's key is, or would be. */
  public Path secretFile(KeyOwner owner) {
    return root.resolve("private_keys").resolve(owner.secretFile());
  }

  private Path publicKeys() {
    return root.resolve("public_keys");
  }

  /**
   * Makes keys for {@code owners}.
   *
   * @param overwrite whether also over those that there are; else these stay, and a public half
   *     that is missing is made from the secret one
   * @return whose were made
   * @throws TransportException if a file cannot be written, or there is a public key whose secret
   *     half is not here
   */
  public Set<KeyOwner> make(Collection<KeyOwner> owners, boolean overwrite) {
    Set<KeyOwner> made = EnumSet.noneOf(KeyOwner.class);
    locked(
        () -> {
          for (KeyOwner owner : owners) {
            if (overwrite) {
              makePair(owner);
              made.add(owner);
            } else if (!isComplete(owner)) {
              completePair(owner);
              made.add(owner);
            }
          }
        });
    return made;
  }

  /** Whether there is no key at all of either owner. */
  public boolean isEmpty() {
    for (KeyOwner owner : KeyOwner.values()) {
      if (Files.exists(publicFile(owner)) || Files.exists(secretFile(owner))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Sees to it that {@code owner} has a pair. A directory without any key gets those of both ends,
   * so that two programs on one machine understand each other at once; else only what is this
   * owner's is made, and never over a public key that came from elsewhere.
   *
   * @return whether something was made
   * @throws TransportException if there is a public key whose secret half is not here, or a file
   *     cannot be read or written
   */
  boolean makeMissing(KeyOwner owner) {
    if (isComplete(owner)) {
      return false;
    }
    locked(
        () -> {
          if (isEmpty()) {
            for (KeyOwner each : KeyOwner.values()) {
              makePair(each);
            }
          } else if (!isComplete(owner)) {
            completePair(owner);
          }
        });
    return true;
  }

  private boolean isComplete(KeyOwner owner) {
    return Files.exists(secretFile(owner)) && Files.exists(publicFile(owner));
  }

  private void completePair(KeyOwner owner) throws IOException {
    if (Files.exists(secretFile(owner))) {
      Ownership.EVERYONE_READS.makeDirectory(publicKeys());
      KeyFile.writePublic(publicFile(owner), KeyFile.readPair(secretFile(owner)).open());
    } else if (Files.exists(publicFile(owner))) {
      throw new TransportException(
          "There is "
              + publicFile(owner)
              + ", but not the secret key that belongs to it, "
              + secretFile(owner)
              + ": this machine cannot prove to be its owner. Point to the directory with the secret key, or make a pair of this machine's own with 'netgear keys make'.");
    } else {
      makePair(owner);
    }
  }

  /** The secret first: should this be cut short, the public half is made from it later. */
  private void makePair(KeyOwner owner) throws IOException {
    Ownership.EVERYONE_READS.makeDirectory(publicKeys());
    Ownership.OWNER_ALONE.makeDirectory(secretFile(owner).getParent());
    CurveKeyPair pair = CurveKeyPair.generate();
    KeyFile.writePair(secretFile(owner), pair);
    KeyFile.writePublic(publicFile(owner), pair.open());
  }

  private void locked(Writing writing) {
    MAKING.lock(); // a file lock is held by the whole process
    try {
      Ownership.EVERYONE_READS.makeDirectory(root);
      try (FileChannel channel =
              FileChannel.open(
                  root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new IOException("the lock was lost");
        }
        writing.run();
      }
    } catch (IOException e) {
      throw new TransportException(
          "Cannot make keys in "
              + root
              + ": "
              + FileFailure.reason(e)
              + ". Make the directory writable, or point to another one.",
          e);
    } finally {
      MAKING.unlock();
    }
  }

  /**
   * An owner's pair.
   *
   * @throws TransportException if it is missing or its files disagree
   */
  CurveKeyPair pair(KeyOwner owner) {
    CurveKeyPair pair = KeyFile.readPair(secretFile(owner));
    CurveKey open = KeyFile.readPublic(publicFile(owner));
    if (!open.equals(pair.open())) {
      throw new TransportException(
          "Key files disagree: "
              + publicFile(owner)
              + " holds "
              + open
              + ", but the secret key in "
              + secretFile(owner)
              + " belongs to "
              + pair.open()
              + ". Remove the one that is wrong; the public half is made again from the secret one.");
    }
    return pair;
  }

  /**
   * An owner's public key, got from its machine.
   *
   * @throws TransportException if it is missing
   */
  CurveKey publicKey(KeyOwner owner) {
    if (!Files.exists(publicFile(owner))) {
      throw new TransportException(
          "There is no "
              + publicFile(owner)
              + ": copy the file of that name from the machine that "
              + (owner == KeyOwner.RECEIVER ? "receives" : "sends")
              + " to "
              + publicKeys()
              + ".");
    }
    return KeyFile.readPublic(publicFile(owner));
  }

  /**
   * The keys in {@code public_keys/*.key} and which file each is in; files without a key are
   * skipped, and {@code warnings} told.
   */
  Map<CurveKey, Path> listed(Consumer<String> warnings) {
    Map<CurveKey, Path> keys = new LinkedHashMap<>();
    for (Path file : publicFiles()) {
      try {
        keys.putIfAbsent(KeyFile.readPublic(file), file);
      } catch (TransportException e) {
        warnings.accept(e.getMessage() + " Until then nobody is let in by it.");
      }
    }
    return keys;
  }

  private List<Path> publicFiles() {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(publicKeys())) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(publicKeys(), "*" + SUFFIX)) {
        all.forEach(files::add);
      } catch (IOException e) {
        throw new TransportException(
            "Cannot list the keys in " + publicKeys() + ": " + FileFailure.reason(e) + ".", e);
      }
    }
    files.sort(null);
    return files;
  }

  /** Whether someone else than its owner could read an owner's secret key. */
  boolean othersReadSecret(KeyOwner owner) {
    try {
      return Ownership.othersRead(secretFile(owner));
    } catch (IOException e) {
      throw new TransportException(
          "Cannot tell who may read " + secretFile(owner) + ": " + FileFailure.reason(e) + ".", e);
    }
  }

  /** What there is, for people: secrets first, then all public keys. Reads every file. */
  public List<KeyEntry> entries() {
    List<KeyEntry> entries = new ArrayList<>();
    for (KeyOwner owner : EnumSet.allOf(KeyOwner.class)) {
      if (Files.exists(secretFile(owner))) {
        entries.add(KeyEntry.ofSecret(secretFile(owner)));
      }
    }
    publicFiles().forEach(file -> entries.add(KeyEntry.ofPublic(file)));
    return entries;
  }

  /** What {@code owner}'s end lacks to open with what there is, in words; empty when nothing. */
  public List<String> missing(KeyOwner owner) {
    List<String> missing = new ArrayList<>();
    if (!Files.exists(secretFile(owner))) {
      missing.add(owner.secretFile() + ", to be made here: netgear keys make");
    }
    KeyOwner peer = owner == KeyOwner.SENDER ? KeyOwner.RECEIVER : KeyOwner.SENDER;
    if (!Files.exists(publicFile(peer))) {
      String from = peer == KeyOwner.RECEIVER ? "the receiver's machine" : "the sender's machine";
      missing.add(
          peer.publicFile()
              + ", to be copied from "
              + from
              + (peer == KeyOwner.SENDER ? " (secure_mode 2 only)" : ""));
    }
    return missing;
  }

  /** Steps that write. */
  private interface Writing {
    void run() throws IOException;
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
