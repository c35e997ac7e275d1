package io.netgear.transport.netty.web;

import io.netgear.Address;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What to type into a browser to get to a link's addresses. */
final class WebAddresses {
  private static final int MOST_INTERFACES = 8;

  private WebAddresses() {}

  /**
   * One for each address; for {@code *} this machine, and its IPv4 numbers in its networks.
   *
   * @param token empty for none
   */
  static List<URI> of(List<Address> bound, String token) {
    List<URI> addresses = new ArrayList<>();
    for (Address address : bound) {
      List<String> hosts = address.host().equals("*") ? everywhere() : List.of(address.host());
      for (String host : hosts) {
        Address named = new Address(address.protocol(), host, address.port());
        String scheme = address.protocol().equals("tcp") ? "http" : "https";
        String query = token.isEmpty() ? "" : "?token=" + token;
        String place = named.toString().substring(named.protocol().length());
        addresses.add(URI.create(scheme + place + "/" + query));
      }
    }
    return List.copyOf(addresses);
  }

  private static List<String> everywhere() {
    List<String> hosts = new ArrayList<>(List.of("localhost"));
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (!each.isUp() || each.isLoopback()) {
          continue;
        }
        for (InetAddress own : Collections.list(each.getInetAddresses())) {
          if (own instanceof Inet4Address && hosts.size() < MOST_INTERFACES) {
            hosts.add(own.getHostAddress());
          }
        }
      }
    } catch (SocketException e) {
      System.getLogger(WebAddresses.class.getName())
          .log(System.Logger.Level.DEBUG, "The machine's networks cannot be listed.", e);
    }
    return hosts;
  }
}
