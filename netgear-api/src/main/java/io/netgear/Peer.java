package io.netgear;

/**
 * The other end of a link, as far as it is known.
 *
 * @param address where it is, such as {@code tcp://127.0.0.1:40112}; empty when the transport
 *     cannot tell
 * @param id the name that it sends with each frame; empty for a Python peer
 */
public record Peer(String address, String id) {
  /** A peer of which nothing is known. */
  public static final Peer UNKNOWN = new Peer("", "");

  /** A peer known by its address alone. */
  public static Peer at(String address) {
    return new Peer(address, "");
  }

  @Override
  public String toString() {
    String where = address.isEmpty() ? "an unknown peer" : address;
    return id.isEmpty() ? where : where + " (" + id + ")";
  }
}
