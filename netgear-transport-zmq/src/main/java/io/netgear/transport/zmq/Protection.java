package io.netgear.transport.zmq;

import io.netgear.TransportException;
import io.netgear.spi.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import zmq.SocketBase;
import zmq.ZMQ;
import zmq.io.mechanism.Mechanisms;

/**
 * What protects the sockets of one link: found out before the first is opened, and in force on each
 * that the link opens. Immutable; never shows a secret.
 */
final class Protection {
  /** Plain text. */
  static final Protection NONE = new Protection(null, null, null, List.of(), null);

  private static final String CRYPTOGRAPHY =
      "com.neilalexander.jnacl.crypto.curve25519xsalsa20poly1305";

  private final CurveKeyPair own;
  private final CurveKey receiver;
  private final Set<CurveKey> listed;
  private final List<AddressRange> allowed;
  private final KeyDirectory directory;

  private Protection(
      CurveKeyPair own,
      CurveKey receiver,
      Set<CurveKey> listed,
      List<AddressRange> allowed,
      KeyDirectory directory) {
    this.own = own;
    this.receiver = receiver;
    this.listed = listed;
    this.allowed = allowed;
    this.directory = directory;
  }

  static Protection ofSender(CurveKeyPair own, CurveKey receiver, KeyDirectory directory) {
    checkCryptography();
    return new Protection(own, receiver, null, List.of(), directory);
  }

  /**
   * @param listed who may come; null for everyone
   */
  static Protection ofReceiver(
      CurveKeyPair own, Set<CurveKey> listed, List<AddressRange> allowed, KeyDirectory directory) {
    checkCryptography();
    return new Protection(
        own, null, listed == null ? null : Set.copyOf(listed), allowed, directory);
  }

  private static void checkCryptography() {
    try {
      Class.forName(CRYPTOGRAPHY);
    } catch (ClassNotFoundException e) {
      throw new TransportException(
          "CURVE needs the library eu.neilalexander:jnacl, which is not here: on the class path add its jar, on the module path start with --add-modules jnacl.",
          e);
    }
  }

  /** Whether messages are encrypted. */
  boolean seals() {
    return own != null;
  }

  /** Whether this end looks at the keys of its peers. */
  boolean guards() {
    return seals() && receiver == null;
  }

  /** Puts the keys into a socket that has no connection yet. */
  void apply(SocketBase socket) {
    if (!seals()) {
      return;
    }
    // the keys come last: JeroMQ forgets about CURVE when told that an end is no server
    boolean set = !guards() || socket.setSocketOpt(ZMQ.ZMQ_CURVE_SERVER, true);
    set &= socket.setSocketOpt(ZMQ.ZMQ_CURVE_PUBLICKEY, own.open().bytes());
    set &= socket.setSocketOpt(ZMQ.ZMQ_CURVE_SECRETKEY, own.secret());
    set &= guards() || socket.setSocketOpt(ZMQ.ZMQ_CURVE_SERVERKEY, receiver.bytes());
    if (!set
        || socket.getSocketOptx(ZMQ.ZMQ_MECHANISM) != Mechanisms.CURVE
        || !Boolean.valueOf(guards()).equals(socket.getSocketOptx(ZMQ.ZMQ_CURVE_SERVER))) {
      throw new TransportException(
          "JeroMQ did not take the keys; nothing was opened. Is it version "
              + JeroMqVersion.TEXT
              + "?");
    }
  }

  /** Why a peer is turned away; empty to let it in. */
  Optional<String> objection(InetAddress address, CurveKey key) {
    if (!allowed.isEmpty() && allowed.stream().noneMatch(range -> range.contains(address))) {
      return Optional.of(
          "its address "
              + address.getHostAddress()
              + " is not among "
              + allowed
              + ", the ones that allow_from lets in");
    }
    if (listed != null && !listed.contains(key)) {
      return Optional.of(
          "its public key "
              + key
              + " is in none of the files "
              + directory.root().resolve("public_keys")
              + "/*.key that were read when this end opened: copy its client.key there under a name of its own and open again, if it may come");
    }
    return Optional.empty();
  }

  /** What to say of a peer whose connection ended before both ends knew each other. */
  String neverMet() {
    return guards()
        ? "it did not complete the handshake of CURVE with this receiver, whose public key is "
            + own.open()
            + ": it speaks plain text, or has another server.key"
        : "it did not complete the handshake of CURVE: it speaks plain text, is not the owner of "
            + receiver
            + " in "
            + directory.publicFile(KeyOwner.RECEIVER)
            + ", or turned our public key "
            + own.open()
            + " away";
  }

  /** What to say of a receiver that answered that it will not have this sender. */
  String turnedAway(int status) {
    return "it turned our public key "
        + own.open()
        + " away (status "
        + status
        + "): it must have our client.key in its public_keys, and allow our address";
  }

  @Override
  public String toString() {
    return seals() ? "CURVE as " + own.open() : "none";
  }
}
