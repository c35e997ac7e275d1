package io.netgear.transport.netty;

import io.netgear.Address;
import io.netgear.TransportException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Addresses as the system sees them. */
final class Places {
  /**
   * What fits into the system's structure, with its closing zero, wherever there are such sockets.
   */
  private static final int MOST_PATH_BYTES = 103;

  static final String TLS = "tls";

  private Places() {}

  static boolean isTls(Address address) {
    return address.protocol().equals(TLS);
  }

  static boolean isFile(Address address) {
    return address.protocol().equals("ipc");
  }

  /**
   * The file of an ipc address: as the Python NetGear has it, the port belongs to its name.
   *
   * @throws TransportException if no socket can have such a name
   */
  static Path file(Address address) {
    String name = address.host() + ":" + address.port();
    if (address.host().equals("*") || name.startsWith("@")) {
      throw new TransportException(
          "Transport netty cannot use "
              + address
              + ": an ipc address is the path of a file, such as ipc:///tmp/frames:5555.");
    }
    if (name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MOST_PATH_BYTES) {
      throw new TransportException(
          "Transport netty cannot use "
              + address
              + ": the path of a Unix domain socket has at most "
              + MOST_PATH_BYTES
              + " bytes, with the port. Choose a shorter one.");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new TransportException(
          "Transport netty cannot use " + address + ": '" + name + "' is no path here.", e);
    }
  }

  /**
   * Where a tcp host may be found, IPv4 first.
   *
   * @throws UnknownHostException if its name is not known
   */
  static List<SocketAddress> lookUp(Address address) throws UnknownHostException {
    List<InetAddress> found = new ArrayList<>(List.of(InetAddress.getAllByName(address.host())));
    found.sort(Comparator.comparing(each -> !(each instanceof Inet4Address)));
    List<SocketAddress> places = new ArrayList<>();
    found.forEach(each -> places.add(new InetSocketAddress(each, address.port())));
    return List.copyOf(places);
  }

  /**
   * Where to connect to, or what to bind (the first).
   *
   * @throws TransportException if the host is not known
   */
  static List<SocketAddress> of(Address address, boolean bind, Carrier carrier) {
    if (isFile(address)) {
      return List.of(carrier.file(file(address)));
    }
    if (address.host().equals("*")) {
      return List.of(new InetSocketAddress(address.port()));
    }
    try {
      return lookUp(address);
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
}
