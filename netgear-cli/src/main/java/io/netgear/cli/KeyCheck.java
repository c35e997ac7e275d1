package io.netgear.cli;

import io.netgear.NetGearException;
import io.netgear.transport.zmq.CurveKey;
import io.netgear.transport.zmq.KeyDirectory;
import io.netgear.transport.zmq.KeyEntry;
import io.netgear.transport.zmq.KeyOwner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at the keys of secure links: who may read them, whether halves belong together, and what is
 * missing. Makes none.
 *
 * @param directory where they are
 * @param end which end this machine is; null for those whose secret keys are here, or the sender
 *     where there are none
 * @param mode the secure mode asked for; 0 for none
 * @param findings told of what is found
 */
record KeyCheck(KeyDirectory directory, KeyOwner end, int mode, Consumer<Finding> findings) {
  private static final String KEYS = "keys";

  /**
   * Of the keys below {@code place}, as {@link KeyDirectory#at}; says nothing of the transport's
   * types, for those who may have to do without it.
   *
   * @param sends whether this is the sender's machine; null where nobody said
   */
  static KeyCheck of(Path place, Boolean sends, int mode, Consumer<Finding> findings) {
    KeyOwner end = sends == null ? null : sends ? KeyOwner.SENDER : KeyOwner.RECEIVER;
    return new KeyCheck(KeyDirectory.at(place), end, mode, findings);
  }

  void look() {
    List<KeyEntry> entries;
    try {
      entries = directory.entries();
    } catch (NetGearException e) {
      findings.accept(bad(e.getMessage(), "make " + directory.root() + " readable"));
      return;
    }
    if (entries.isEmpty()) {
      if (mode > 0) {
        findings.accept(
            Finding.warning(
                KEYS,
                "no keys in " + directory.root() + " yet",
                "on one machine the first end that opens makes them; on two: netgear keys make --for "
                    + (end == null ? "sender, or receiver" : word(end))));
      }
      return;
    }
    entries.forEach(this::permissions);
    for (KeyOwner owner : KeyOwner.values()) {
      agreement(owner, entries);
    }
    if (mode > 0) {
      ends(entries).forEach(one -> missing(one, entries));
    }
  }

  private List<KeyOwner> ends(List<KeyEntry> entries) {
    if (end != null) {
      return List.of(end);
    }
    List<KeyOwner> here =
        Arrays.stream(KeyOwner.values())
            .filter(owner -> key(directory.secretFile(owner), entries).isPresent())
            .toList();
    return here.isEmpty() ? List.of(KeyOwner.SENDER) : here;
  }

  private void permissions(KeyEntry entry) {
    if (entry.key().isEmpty()) {
      findings.accept(
          bad(
              entry.trouble().orElse(entry.file() + " holds no key"),
              "put the right file there: netgear keys list"));
    } else if (entry.secret() && entry.othersRead()) {
      findings.accept(
          Finding.warning(
              KEYS,
              entry.file() + " is secret, but others can read it (" + entry.permissions() + ")",
              "chmod 600 " + entry.file() + ", and new keys if someone may have read it"));
    }
  }

  private void agreement(KeyOwner owner, List<KeyEntry> entries) {
    Optional<CurveKey> secret = key(directory.secretFile(owner), entries);
    Optional<CurveKey> open = key(directory.publicFile(owner), entries);
    if (secret.isPresent() && open.isPresent() && !secret.equals(open)) {
      findings.accept(
          bad(
              directory.publicFile(owner)
                  + " has fingerprint "
                  + open.get().fingerprint()
                  + ", but the secret key in "
                  + directory.secretFile(owner)
                  + " belongs to "
                  + secret.get().fingerprint(),
              "remove the one that is wrong; the public half is made again from the secret one"));
      return;
    }
    secret
        .or(() -> open)
        .ifPresent(
            key ->
                findings.accept(
                    Finding.ok(
                        KEYS,
                        "the "
                            + word(owner)
                            + "'s key has fingerprint "
                            + key.fingerprint()
                            + halves(secret.isPresent(), open.isPresent())
                            + "; netgear keys list must show the same on the other machine")));
  }

  private static String halves(boolean secret, boolean open) {
    return secret && open
        ? ", both halves fit"
        : secret ? ", its public half is made when an end opens" : ", its public half";
  }

  /** What {@code end} could not open without, or would admit nobody without. */
  private void missing(KeyOwner end, List<KeyEntry> entries) {
    List<String> lacking = new ArrayList<>();
    KeyOwner peer = end == KeyOwner.SENDER ? KeyOwner.RECEIVER : KeyOwner.SENDER;
    boolean secretHere = key(directory.secretFile(end), entries).isPresent();
    boolean openHere = key(directory.publicFile(end), entries).isPresent();
    if (!secretHere && openHere) {
      lacking.add(directory.secretFile(end) + ", the secret half of " + end.publicFile());
    }
    if (end == KeyOwner.SENDER && key(directory.publicFile(peer), entries).isEmpty()) {
      lacking.add(directory.publicFile(peer) + ", to be copied from the receiver's machine");
    }
    boolean othersListed =
        entries.stream()
            .anyMatch(
                entry ->
                    !entry.secret()
                        && entry.key().isPresent()
                        && !entry.file().equals(directory.publicFile(KeyOwner.RECEIVER)));
    if (end == KeyOwner.RECEIVER && mode == 2 && !othersListed) {
      lacking.add("a sender's public key in public_keys, without which nobody may send");
    }
    lacking.forEach(
        what ->
            findings.accept(
                bad("this " + word(end) + " lacks " + what, "docs/security.md has the steps")));
  }

  private static Optional<CurveKey> key(Path file, List<KeyEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.file().equals(file))
        .findFirst()
        .flatMap(KeyEntry::key);
  }

  /** Keys that nobody asked for are no problem yet. */
  private Finding bad(String found, String advice) {
    return mode > 0 ? Finding.problem(KEYS, found, advice) : Finding.warning(KEYS, found, advice);
  }

  private static String word(KeyOwner owner) {
    return owner == KeyOwner.SENDER ? "sender" : "receiver";
  }
}
