package io.netgear.transport.zmq;

import io.netgear.SecureMode;
import io.netgear.Security;
import io.netgear.spi.AddressRange;
import io.netgear.spi.SecurityRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * CURVE with the keys of a directory. The end that sends frames is CURVE's client and the one that
 * receives them its server, whoever binds, as on the Python wire.
 *
 * <p>Immutable; touches no file until a link opens. The link then reads the keys, makes those that
 * are missing, and keeps them for as long as it is open.
 */
public final class CurveSecurity implements Security {
  private final SecurityRequest request;
  private final KeyDirectory directory;

  private CurveSecurity(SecurityRequest request) {
    this.request = request;
    this.directory = KeyDirectory.at(request.keys());
  }

  /** As {@code request} says. */
  public static CurveSecurity of(SecurityRequest request) {
    return new CurveSecurity(request);
  }

  /** Mode, end and directory; never a key. */
  @Override
  public String describe() {
    String allowed =
        request.allowed().isEmpty()
            ? ""
            : ", from "
                + request.allowed().stream()
                    .map(AddressRange::toString)
                    .collect(Collectors.joining(", "));
    return "CURVE "
        + (request.mode() == SecureMode.STONEHOUSE ? "1 (StoneHouse)" : "2 (IronHouse)")
        + " as "
        + (request.sender() ? "sender" : "receiver")
        + ", keys in "
        + directory
        + allowed;
  }

  /**
   * The keys, read or made now.
   *
   * @throws io.netgear.TransportException if a key is missing or not in order
   */
  Protection resolve(Consumer<String> warnings) {
    KeyOwner owner = request.sender() ? KeyOwner.SENDER : KeyOwner.RECEIVER;
    if (request.renew()) {
      directory.make(directory.isEmpty() ? List.of(KeyOwner.values()) : List.of(owner), true);
    } else {
      directory.makeMissing(owner);
    }
    if (directory.othersReadSecret(owner)) {
      warnings.accept(
          "Others than its owner may read the secret key "
              + directory.secretFile(owner)
              + ": take that right away (chmod 600), and make a new key if someone may have used it.");
    }
    CurveKeyPair own = directory.pair(owner);
    if (request.sender()) {
      return Protection.ofSender(own, directory.publicKey(KeyOwner.RECEIVER), directory);
    }
    Set<CurveKey> listed =
        request.mode() == SecureMode.IRONHOUSE ? directory.listed(warnings).keySet() : null;
    return Protection.ofReceiver(own, listed, request.allowed(), directory);
  }

  @Override
  public String toString() {
    return describe();
  }
}
