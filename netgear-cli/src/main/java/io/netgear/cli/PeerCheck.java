package io.netgear.cli;

import io.netgear.Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares what is at an address with what an end that connects there would need.
 *
 * @param options what that end would have
 * @param sends whether it would send frames
 * @param limit how long each answer may take
 * @param findings told of what is found
 */
record PeerCheck(InForce options, boolean sends, Duration limit, Consumer<Finding> findings) {
  private static final String PEER = "peer";
  private static final String SECURITY = "security";
  private static final String PATTERN = "pattern";

  /** Kinds of socket that a sender can talk to, the usual one first. */
  private static final Map<String, List<String>> RECEIVERS =
      Map.of(
          "pair", List.of("PAIR"),
          "request-reply", List.of("REP", "ROUTER"),
          "publish-subscribe", List.of("SUB", "XSUB"),
          "push-pull", List.of("PULL"));

  private static final Map<String, List<String>> SENDERS =
      Map.of(
          "pair", List.of("PAIR"),
          "request-reply", List.of("REQ", "DEALER"),
          "publish-subscribe", List.of("PUB", "XPUB"),
          "push-pull", List.of("PUSH"));

  /** In plain text. */
  void look(Address address, InetSocketAddress there) {
    look(address, there, connected -> connected, false);
  }

  /** Inside TLS, as {@code tls} speaks it. */
  void look(Address address, InetSocketAddress there, PeerGreeting.Inside tls) {
    look(address, there, tls, true);
  }

  private void look(
      Address address, InetSocketAddress there, PeerGreeting.Inside inside, boolean tls) {
    PeerGreeting greeting = PeerGreeting.ask(there, limit, inside);
    findings.accept(reached(address, greeting));
    if (greeting.state() == PeerGreeting.State.GREETED && speaksZmtp()) {
      findings.accept(
          tls
              ? Finding.ok(
                  SECURITY,
                  address + ": both ends encrypt (TLS 1.3), and each took the other's certificate")
              : security(address, greeting));
      if (!greeting.socketType().isEmpty()) {
        findings.accept(pattern(address, greeting.socketType()));
      }
    }
  }

  /** Whether the transport is one whose peers speak ZMTP. */
  private boolean speaksZmtp() {
    return Set.of("zmq", "netty").contains(options.value("transport"));
  }

  private Finding reached(Address address, PeerGreeting greeting) {
    String other = sends ? "receiver" : "sender";
    double millis = Math.round(greeting.connecting().toNanos() / 1e4) / 100.0;
    String connected = address + ": connected in " + millis + " ms, ";
    return switch (greeting.state()) {
      case REFUSED ->
          Finding.problem(
              PEER,
              address + ": nobody listens there (" + greeting.detail() + ")",
              "start the "
                  + other
                  + ", and see that it binds to an address that is reached from here: '"
                  + address.protocol()
                  + "://*:"
                  + address.port()
                  + "' rather than 127.0.0.1");
      case NO_ANSWER ->
          Finding.problem(
              PEER,
              address + ": no answer within " + AddressCheck.seconds(limit),
              "see whether the host is up, and whether a firewall lets tcp port "
                  + address.port()
                  + " through");
      case UNREACHABLE ->
          Finding.problem(
              PEER,
              address + ": cannot be reached (" + greeting.detail() + ")",
              "check address, route and firewall");
      case SILENT ->
          strange(connected + "but nothing was said within " + AddressCheck.seconds(limit));
      case CLOSED -> strange(connected + "but it was closed " + closing(greeting));
      case FOREIGN -> strange(connected + "but it does not speak ZeroMQ: " + greeting.detail());
      case OLD ->
          Finding.problem(
              PEER,
              connected
                  + "but it speaks a ZeroMQ protocol older than 3.0, which is not listened to",
              "take ZeroMQ 4 or newer there");
      case NOT_TRUSTED ->
          Finding.problem(
              SECURITY,
              connected + "but not to be spoken to by TLS: " + greeting.detail(),
              "docs/tls.md tells what each reason means");
      case GREETED ->
          Finding.ok(
              PEER,
              connected
                  + "speaks ZeroMQ (ZMTP "
                  + greeting.version()
                  + ", "
                  + greeting.mechanism()
                  + (greeting.socketType().isEmpty() ? "" : ", " + greeting.socketType())
                  + ")");
    };
  }

  private static String closing(PeerGreeting greeting) {
    return greeting.detail().isEmpty() ? "before anything was said" : greeting.detail();
  }

  private Finding strange(String found) {
    return speaksZmtp()
        ? Finding.problem(
            PEER, found, "see which program has that port, and name the one of the peer")
        : Finding.warning(
            PEER,
            found,
            "transport " + options.value("transport") + " need not speak ZeroMQ: try it");
  }

  private Finding security(Address address, PeerGreeting greeting) {
    String mechanism = greeting.mechanism();
    if (!mechanism.equals("NULL") && !mechanism.equals("CURVE")) {
      return Finding.problem(
          SECURITY,
          address + ": the peer asks for " + mechanism + ", which NetGear does not speak",
          "open it with secure_mode 1 or 2, or with none");
    }
    boolean encrypts = mechanism.equals("CURVE");
    if (encrypts != options.secure()) {
      return encrypts
          ? Finding.problem(
              SECURITY,
              address + ": the peer encrypts (CURVE), this end would not",
              "add --secure 1 or 2, the same as there, and --keys")
          : Finding.problem(
              SECURITY,
              address + ": this end would encrypt, the peer speaks plain text (NULL)",
              "open the peer with the same secure_mode; nothing falls back to none");
    }
    return Finding.ok(
        SECURITY,
        encrypts
            ? address + ": both ends encrypt (CURVE); whether the keys fit shows when frames flow"
            : address + ": neither end encrypts, whoever is in between can read and change frames");
  }

  private Finding pattern(Address address, String socketType) {
    String pattern = options.value("pattern");
    List<String> fitting = (sends ? RECEIVERS : SENDERS).get(pattern);
    if (fitting == null) {
      return Finding.ok(PATTERN, address + ": the peer is " + socketType + "; pattern " + pattern);
    }
    if (fitting.contains(socketType)) {
      return Finding.ok(
          PATTERN, address + ": the peer is " + socketType + ", as pattern " + pattern + " needs");
    }
    boolean sameEnd = (sends ? SENDERS : RECEIVERS).get(pattern).contains(socketType);
    return Finding.problem(
        PATTERN,
        address
            + ": the peer is "
            + socketType
            + (sameEnd
                ? ", which " + (sends ? "sends" : "receives") + " as this end would"
                : "; pattern " + pattern + " needs " + fitting.get(0)),
        sameEnd
            ? "name the other end, or take --for " + (sends ? "receiver" : "sender")
            : "give both ends the same --pattern");
  }
}
