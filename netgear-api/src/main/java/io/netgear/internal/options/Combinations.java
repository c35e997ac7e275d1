package io.netgear.internal.options;

import io.netgear.Address;
import io.netgear.QueuePolicy;
import io.netgear.Security;
import io.netgear.spi.BufferPool;
import io.netgear.spi.Feature;
import io.netgear.spi.LinkRole;
import io.netgear.spi.Pattern;
import io.netgear.spi.Transport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds options that are right on their own and wrong together. Every rule is a sentence. */
final class Combinations {
  /** Protocols by which browsers come, as http and as https. */
  private static final Set<String> BROWSED = Set.of("tcp", "tls");

  private final Values values;
  private final End end;

  Combinations(Values values, End end) {
    this.values = values;
    this.end = end;
  }

  /** What can be told without plug-ins. */
  void check() {
    boolean agrees = values.flag(Option.RECEIVE_MODE) == (end == End.RECEIVER);
    if (values.has(Option.RECEIVE_MODE) && !agrees) {
      values.refuse(
          Option.RECEIVE_MODE,
          "but this builder makes a "
              + end.label()
              + "; use NetGear."
              + (end == End.SENDER ? "receiver()" : "sender()"));
    }
    boolean multiServer = values.flag(Option.MULTISERVER_MODE);
    boolean multiClient = values.flag(Option.MULTICLIENT_MODE);
    if (multiServer && multiClient) {
      values.problem(
          "Options 'multiserver_mode' and 'multiclient_mode' are both true, but exclude each other: choose one.");
    }
    if (values.flag(Option.BROADCAST) && !multiClient) {
      values.problem(
          "Option 'broadcast' is true without 'multiclient_mode', but there is one receiver then: set both, or neither.");
    }
    if (values.has(Option.SSH_TUNNEL_MODE) && (multiServer || multiClient)) {
      values.problem(
          "Option 'ssh_tunnel_mode' is set together with "
              + (multiServer ? "'multiserver_mode'" : "'multiclient_mode'")
              + ", but a tunnel leads to one peer: choose one.");
    }
    if (values.has(Option.SSH_TUNNEL_MODE) && end == End.RECEIVER) {
      values.problem(
          "Option 'ssh_tunnel_mode' is set at a receiver, but tunnels are the sender's: set it there.");
    }
    for (Option option :
        List.of(Option.SSH_TUNNEL_PWD, Option.SSH_TUNNEL_KEYFILE, Option.SSH_KNOWN_HOSTS)) {
      if (values.has(option) && !values.has(Option.SSH_TUNNEL_MODE)) {
        values.problem(
            values.named(option)
                + " is set, but no tunnel is asked for: set 'ssh_tunnel_mode' too, or leave it out.");
      }
    }
    if (values.asks(Option.SECURE_MODE) && values.has(Option.SECURITY)) {
      values.problem(
          "Options 'security' and 'secure_mode' are both set, but a link has one protection: give one.");
    }
    if (values.flag(Option.KEEP_ENCODED) && values.flag(Option.ENCODED_ONLY)) {
      values.problem(
          "Options 'keep_encoded' and 'encoded_only' are both set: keep the first for pixels too, the second without.");
    }
    checkDecoding();
    if (values.has(Option.SUBSCRIBER_TIMEOUT) && values.has(Option.IDLE_LIMIT)) {
      values.problem(
          "Options 'subscriber_timeout' and 'idle_limit' are both set, but mean the same: give one.");
    }
    checkMemory();
  }

  private void checkDecoding() {
    for (Option option :
        List.of(
            Option.DECODE_SCALE, Option.DECODE_GRAY, Option.DECODE_REGION, Option.DECODE_AHEAD)) {
      if (values.flag(Option.ENCODED_ONLY) && values.asks(option)) {
        values.refuse(
            option, "but encoded_only is true, so that nothing is decoded; leave one of them out");
      }
    }
  }

  /** What browsers ask of the link that they share. */
  void checkWeb(Pattern pattern, Transport transport, List<Address> addresses, boolean bind) {
    if (!values.flag(Option.WEB)) {
      for (Option option : List.of(Option.WEB_TOKEN, Option.WEB_VIEWERS, Option.WEB_HOSTS)) {
        if (values.has(option)) {
          values.problem(
              values.named(option)
                  + " is set, but no browser is served: set 'web' too, or leave it out.");
        }
      }
      return;
    }
    if (pattern != null && pattern.senderRole() != LinkRole.PUBLISH) {
      webProblem(
          "pattern "
              + pattern.name()
              + " sends to peers that answer or take turns: take publish-subscribe, or leave it out.");
    }
    if (transport != null && !transport.servesBrowsers()) {
      webProblem(
          "transport " + transport.name() + " serves none: take transport netty, or leave it out.");
    }
    if (!bind) {
      webProblem(
          "this sender connects, and browsers need a port to come to: bind, or leave it out.");
    }
    if (!addresses.isEmpty()
        && addresses.stream().noneMatch(address -> BROWSED.contains(address.protocol()))) {
      webProblem("a browser cannot come to " + addresses.get(0) + ": give a tcp or a tls address.");
    }
    if (Boolean.FALSE.equals(values.get(Option.JPEG_COMPRESSION, Object.class, true))) {
      webProblem("browsers show JPEG and no raw pixels: leave compression on, or leave it out.");
    }
  }

  private void webProblem(String why) {
    values.problem("Option 'web' is true, but " + why);
  }

  /** What asks for more where nothing protects the link. */
  void checkUnprotected() {
    if (values.asks(Option.SECURE_MODE)) {
      return;
    }
    for (Option option :
        List.of(Option.CUSTOM_CERT_LOCATION, Option.OVERWRITE_CERT, Option.ALLOW_FROM)) {
      if (values.asks(option)) {
        values.problem(
            values.named(option)
                + " is "
                + values.shown(option)
                + ", but secure_mode is 0, so that nothing protects the link: set secure_mode to 1 or 2, or leave this out.");
      }
    }
  }

  /** What does not go with addresses of which one at least is protected by its protocol. */
  void checkProtected(List<Address> addresses) {
    String protocol = addresses.get(0).protocol();
    if (addresses.stream().anyMatch(address -> !address.protocol().equals(protocol))) {
      values.problem(
          "Addresses "
              + addresses
              + " are protected in part, but an end's are all protected or none is: give them one protocol.");
    }
    for (Option option : List.of(Option.SECURE_MODE, Option.OVERWRITE_CERT, Option.ALLOW_FROM)) {
      if (values.asks(option)) {
        values.problem(
            values.named(option)
                + " is "
                + values.shown(option)
                + ", but "
                + addresses.get(0)
                + " is protected by its protocol, whose certificates say who may come: leave this out.");
      }
    }
    if (values.has(Option.SECURITY) && values.has(Option.CUSTOM_CERT_LOCATION)) {
      values.problem(
          "Options 'security' and 'custom_cert_location' are both set, but say the same thing: give one.");
    }
  }

  private void checkMemory() {
    BufferPool pool = values.get(Option.POOL, BufferPool.class, null);
    if (pool != null && values.has(Option.MEMORY_LIMIT)) {
      values.problem(
          "Options 'pool' and 'memory_limit' are both set, but a pool has its own limit: give one.");
    }
    long limit =
        pool == null
            ? values.get(Option.MEMORY_LIMIT, Long.class, Long.MAX_VALUE)
            : pool.limitBytes();
    long message = values.get(Option.MAX_MESSAGE_BYTES, Long.class, 0L);
    if (message > limit) {
      values.problem(
          "Option 'max_message_bytes' is "
              + message
              + ", but the memory limit is "
              + limit
              + " bytes: raise that, or lower this.");
    }
  }

  /** What a codec that copies pixels as they are excludes. */
  void checkRawCodec(String name) {
    if (values.asks(Option.JPEG_COMPRESSION)) {
      values.problem(
          "Option 'codec' is '"
              + name
              + "', which does not compress, but "
              + values.named(Option.JPEG_COMPRESSION)
              + " asks for compression: give one of them.");
    }
  }

  /** What depends on the pattern. */
  void check(Pattern pattern, List<Address> addresses) {
    checkModes(pattern, addresses);
    if (values.flag(Option.BIDIRECTIONAL_MODE)
        && !pattern.features().contains(Feature.BIDIRECTIONAL)) {
      values.problem(
          values.named(Option.BIDIRECTIONAL_MODE)
              + " is true, but pattern "
              + pattern.name()
              + " returns nothing: take pair or request-reply, or leave the option out.");
    }
    if (addresses.size() > 1 && pattern.senderRole() == LinkRole.PAIR) {
      values.problem(
          "Pattern "
              + pattern.name()
              + " has one peer, got "
              + addresses.size()
              + " addresses "
              + addresses
              + ": give one, or take another pattern.");
    }
    boolean acknowledges = pattern.features().contains(Feature.ACKNOWLEDGES);
    if (values.has(Option.SUBSCRIBER_TIMEOUT) && acknowledges) {
      values.refuse(
          Option.SUBSCRIBER_TIMEOUT,
          "but pattern "
              + pattern.name()
              + " acknowledges, and its receivers wait for three request timeouts; set idle_limit for another time");
    }
    QueuePolicy queue = values.get(Option.QUEUE, QueuePolicy.class, pattern.defaultQueue());
    if (queue == QueuePolicy.NEWEST && values.get(Option.DECODE_AHEAD, Long.class, 0L) > 0) {
      values.refuse(
          Option.DECODE_AHEAD,
          "but the queue is 'newest'"
              + (values.has(Option.QUEUE) ? "" : " by default with pattern " + pattern.name())
              + ", and a frame that is decoded before it is asked for would not be the newest; ask for hold-back");
    }
    if (queue == QueuePolicy.NEWEST && values.get(Option.QUEUE_DEPTH, Long.class, 1L) > 1) {
      values.refuse(
          Option.QUEUE_DEPTH,
          "but the queue is 'newest'"
              + (values.has(Option.QUEUE) ? "" : " by default with pattern " + pattern.name())
              + ", which holds one frame; ask for hold-back to let more wait");
    }
  }

  private void checkModes(Pattern pattern, List<Address> addresses) {
    for (Option mode : List.of(Option.MULTISERVER_MODE, Option.MULTICLIENT_MODE)) {
      if (!values.flag(mode)) {
        continue;
      }
      boolean multiServer = mode == Option.MULTISERVER_MODE;
      Feature needed = multiServer ? Feature.MULTI_SERVER : Feature.MULTI_CLIENT;
      if (!pattern.features().contains(needed)) {
        values.problem(
            values.named(mode)
                + " is true, but pattern "
                + pattern.name()
                + " does not allow it: take request-reply or publish-subscribe.");
      }
      if (multiServer == (end == End.RECEIVER)) {
        checkPorts(mode, addresses);
      } else if (addresses.size() > 1) {
        values.problem(
            values.named(mode)
                + " is true, so a "
                + end.label()
                + " has one address of its own, got "
                + addresses.size()
                + ": "
                + addresses
                + ". The list belongs to the other end.");
      }
    }
    boolean windowed = values.get(Option.WINDOW, Long.class, 1L) > 1;
    if (windowed && pattern.senderRole() != LinkRole.PAIR) {
      values.refuse(
          Option.WINDOW,
          "but pattern "
              + pattern.name()
              + " takes one frame at a time or waits for none; only pair has a window");
    }
    if (windowed && values.flag(Option.BIDIRECTIONAL_MODE)) {
      values.problem(
          values.named(Option.WINDOW)
              + " is "
              + values.shown(Option.WINDOW)
              + " and "
              + values.named(Option.BIDIRECTIONAL_MODE)
              + " is true, but what comes back belongs to the frame that was just sent: choose one.");
    }
    if (values.flag(Option.BROADCAST) && !pattern.features().contains(Feature.ACKNOWLEDGES)) {
      values.problem(
          values.named(Option.BROADCAST)
              + " is true, but with pattern "
              + pattern.name()
              + " every frame goes to every receiver anyhow: leave it out, or take request-reply.");
    }
  }

  /** Peers are told apart by their ports alone. */
  private void checkPorts(Option mode, List<Address> addresses) {
    Set<Integer> seen = new HashSet<>();
    for (Address address : addresses) {
      if (address.port() != 0 && !seen.add(address.port())) {
        values.problem(
            values.named(mode)
                + " is true, so every peer has a port of its own, but port "
                + address.port()
                + " is given twice: "
                + addresses
                + ".");
      }
    }
  }

  /** What a tunnel asks of addresses. */
  void checkTunnel(Transport transport, List<Address> addresses, boolean bind) {
    if (bind) {
      values.problem(
          "Option 'ssh_tunnel_mode' is set, but this sender binds, and a tunnel leads to the peer: use connect(), or leave it out.");
    }
    if (addresses.size() > 1) {
      values.problem(
          "Option 'ssh_tunnel_mode' is set, but there are "
              + addresses.size()
              + " addresses "
              + addresses
              + ", and a tunnel leads to one peer: give one.");
    }
    Set<String> carried = new TreeSet<>(transport == null ? Set.of("tcp") : transport.tunnelled());
    for (Address address : addresses) {
      if (!carried.contains(address.protocol())) {
        values.problem(
            "Option 'ssh_tunnel_mode' is set, but address "
                + address
                + " has protocol '"
                + address.protocol()
                + "', and a tunnel carries "
                + String.join(" and ", carried)
                + " alone: take a "
                + String.join(" or ", carried)
                + " address, or leave it out.");
      }
    }
  }

  /** What depends on the transport. */
  void check(Transport transport, Security security, List<Address> addresses, Plugins plugins) {
    for (Address address : addresses) {
      if (!transport.protocols().contains(address.protocol())) {
        List<String> others = plugins.transportsOf(address.protocol());
        values.problem(
            "Address "
                + address
                + " has protocol '"
                + address.protocol()
                + "', but transport "
                + transport.name()
                + " offers "
                + String.join(", ", new TreeSet<>(transport.protocols()))
                + ": take one of these, or "
                + (others.isEmpty()
                    ? "another transport."
                    : "transport " + String.join(" or ", others) + "."));
      }
    }
    if (security != Security.NONE && !transport.accepts(security)) {
      values.problem(
          "Option 'security' is "
              + security.describe()
              + ", but transport "
              + transport.name()
              + " does not offer that: take the security of its own module, or another transport.");
    }
  }

  /** A transport that has no keys of its own refuses to be asked for them. */
  void refuseSecureMode(Transport transport) {
    values.problem(
        values.named(Option.SECURE_MODE)
            + " is "
            + values.shown(Option.SECURE_MODE)
            + ", but transport "
            + transport.name()
            + " has no such protection, and nothing falls back to none: take transport zmq, or leave the option out.");
  }

  /** What pattern and transport must agree on. */
  void check(Pattern pattern, Transport transport) {
    LinkRole role = end == End.SENDER ? pattern.senderRole() : pattern.receiverRole();
    if (!transport.roles().contains(role)) {
      values.problem(
          "Pattern "
              + pattern.name()
              + " needs a link of role "
              + role
              + ", but transport "
              + transport.name()
              + " offers "
              + new TreeSet<>(transport.roles())
              + ": take another pattern or transport.");
    }
  }
}
