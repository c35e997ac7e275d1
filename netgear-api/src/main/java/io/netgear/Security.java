package io.netgear;

/**
 * How a link is protected. A marker: what can be set depends on the transport, and so the
 * implementations live in the modules that provide transports. A transport that does not know an
 * implementation refuses it; nothing falls back to no security.
 */
public interface Security {
  /** Plain text, to be asked for by name or not at all. */
  Security NONE =
      new Security() {
        @Override
        public String describe() {
          return "none";
        }
      };

  /** For people, without secrets: this ends up in logs and in {@code netgear info}. */
  String describe();
}
