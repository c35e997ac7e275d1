package io.netgear.transport.zmq;

/** Whose key a file holds. The files have ZeroMQ's names, which say who is asked, not who sends. */
public enum KeyOwner {
  /** The end that sends frames: {@code client.key}, {@code client.key_secret}. */
  SENDER("client"),
  /** The end that receives frames: {@code server.key}, {@code server.key_secret}. */
  RECEIVER("server");

  private final String stem;

  KeyOwner(String stem) {
    this.stem = stem;
  }

  /** The file with the public half, in {@code public_keys}. */
  public String publicFile() {
    return stem + ".key";
  }

  /** The file with both halves, in {@code private_keys}; it stays on the machine of its owner. */
  public String secretFile() {
    return stem + ".key_secret";
  }
}
