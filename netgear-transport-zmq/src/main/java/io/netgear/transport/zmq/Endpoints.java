package io.netgear.transport.zmq;

import io.netgear.Address;
import io.netgear.TransportException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Addresses as the network sees them, and what to say when it does not. */
final class Endpoints {
  private Endpoints() {}

  /**
   * Whether some host has no IPv4 address, so that the socket must speak IPv6.
   *
   * @throws TransportException if a host is not known
   */
  static boolean needIpv6(List<Address> addresses, boolean bind) {
    boolean need = false;
    for (Address address : addresses) {
      if (!address.host().equals("*")) {
        need |= Arrays.stream(resolve(address, bind)).noneMatch(Inet4Address.class::isInstance);
      }
    }
    return need;
  }

  private static InetAddress[] resolve(Address address, boolean bind) {
    try {
      return InetAddress.getAllByName(address.host());
    } catch (UnknownHostException e) {
      throw new TransportException(
          "Cannot "
              + (bind ? "bind " : "connect to ")
              + address
              + ": the host name '"
              + address.host()
              + "' is not known here. Check its spelling, or use the number.",
          e);
    }
  }

  /**
   * Why {@code address} could not be bound, found out by trying once more without JeroMQ, which
   * keeps the reason to itself.
   */
  static TransportException cannotBind(Address address, Exception told) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(
          address.host().equals("*")
              ? new InetSocketAddress(address.port())
              : new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
    } catch (IOException e) {
      return new TransportException("Cannot bind " + address + ": " + reason(address, e), e);
    }
    return new TransportException(
        "Cannot bind " + address + ": it was in use a moment ago. Try again.", told);
  }

  private static String reason(Address address, IOException e) {
    String text = String.valueOf(e.getMessage());
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("in use")) {
      return "the address is in use - is another receiver running? Stop it, or choose another port.";
    }
    if (lower.contains("permission")) {
      return "this user may not open port " + address.port() + ". Choose one above 1023.";
    }
    if (lower.contains("assign")) {
      return "this machine has no such address. Use one of its own, or * for all of them.";
    }
    return text;
  }
}
