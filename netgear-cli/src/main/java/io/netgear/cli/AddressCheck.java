package io.netgear.cli;

import io.netgear.Address;
import io.netgear.NetGearException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Looks at an address as an end would use it: its host, and the port here or the peer there.
 *
 * @param options what the end would have
 * @param sends whether it would send frames
 * @param limit how long each answer may take
 * @param keys where its keys and certificates are; null for the places in the home directory
 * @param findings told of what is found
 */
record AddressCheck(
    InForce options, boolean sends, Duration limit, Path keys, Consumer<Finding> findings) {
  private static final String PORT = "port";
  private static final String HOST = "host";

  static boolean isTls(Address address) {
    return address.protocol().equals("tls");
  }

  void look(Address address) {
    if (!address.protocol().equals("tcp") && !isTls(address)) {
      findings.accept(
          Finding.warning(
              HOST,
              address + " is not tcp, so nothing was tried",
              "see what transport " + options.value("transport") + " says when it opens it"));
      return;
    }
    InetAddress host = resolve(address);
    if (host == null) {
      return;
    }
    InetSocketAddress there = new InetSocketAddress(host, address.port());
    if (options.binds()) {
      checkPort(address, there);
    } else if (isTls(address)) {
      askInsideTls(address, there);
    } else {
      new PeerCheck(options, sends, limit, findings).look(address, there);
    }
  }

  private void askInsideTls(Address address, InetSocketAddress there) {
    try {
      new PeerCheck(options, sends, limit, findings)
          .look(address, there, new TlsCheck(keys, findings).to(address));
    } catch (NetGearException e) {
      findings.accept(
          Finding.problem(
              "peer", address + ": not asked, as this end could not speak TLS", e.getMessage()));
    }
  }

  /** The one that the transport would take; null after having told why there is none. */
  private InetAddress resolve(Address address) {
    String host = address.host();
    if (host.equals("*")) {
      findings.accept(
          Finding.ok(HOST, address + ": every interface of this machine, open to its networks"));
      return new InetSocketAddress(0).getAddress();
    }
    CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                found.complete(InetAddress.getAllByName(host));
              } catch (UnknownHostException | RuntimeException e) {
                found.completeExceptionally(e);
              }
            },
            "netgear-doctor-resolve");
    asking.setDaemon(true); // a name server that is silent keeps nobody waiting
    asking.start();
    try {
      InetAddress[] all = found.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      InetAddress chosen =
          Arrays.stream(all).filter(Inet4Address.class::isInstance).findFirst().orElse(all[0]);
      findings.accept(
          Finding.ok(
              HOST,
              address
                  + ": host "
                  + host
                  + " is "
                  + chosen.getHostAddress()
                  + (all.length > 1 ? ", the first of " + all.length + " addresses" : "")));
      return chosen;
    } catch (TimeoutException e) {
      unresolved(address, "host " + host + " was not resolved within " + seconds(limit));
    } catch (ExecutionException e) {
      unresolved(address, "host " + host + " does not resolve");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      unresolved(address, "resolving host " + host + " was interrupted");
    }
    return null;
  }

  private void unresolved(Address address, String why) {
    findings.accept(
        Finding.problem(
            HOST, address + ": " + why, "check its spelling, or name its IP address instead"));
  }

  private void checkPort(Address address, InetSocketAddress here) {
    if (isElsewhere(here.getAddress())) {
      findings.accept(
          Finding.problem(
              PORT,
              address + ": no interface of this machine has the address",
              "bind to one that it has, to 127.0.0.1 or to *; or --connect there"));
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as the transport does: connections that linger do not count
      socket.bind(here, 1);
      findings.accept(
          Finding.ok(
              PORT,
              address.port() == 0
                  ? address + ": a free port can be bound, such as " + socket.getLocalPort()
                  : address + ": the port is free"));
    } catch (IOException e) {
      findings.accept(notBound(address, String.valueOf(e.getMessage())));
    }
  }

  private static Finding notBound(Address address, String why) {
    if (why.contains("ermission")) {
      return Finding.problem(
          PORT,
          address + ": this user may not bind to port " + address.port(),
          "take a port from 1024 on");
    }
    if (why.contains("in use")) {
      String whose =
          PortOwner.of(address.port())
              .map(owner -> " by " + owner)
              .orElse(", by whom this user is not told");
      return Finding.problem(
          PORT,
          address + ": the port is in use" + whose,
          "end that program if it is not meant to be there, or take another port");
    }
    return Finding.problem(
        PORT, address + ": the port cannot be bound: " + why, "take another port or address");
  }

  private static boolean isElsewhere(InetAddress host) {
    try {
      return !host.isAnyLocalAddress()
          && !host.isLoopbackAddress()
          && NetworkInterface.getByInetAddress(host) == null;
    } catch (IOException e) {
      return false; // binding tells
    }
  }

  static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }
}
