package io.netgear.internal.options;

import io.netgear.Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Puts addresses together from the options address, port and protocol, each of which may say what
 * the others leave out.
 */
final class Addresses {
  private Addresses() {}

  /** The addresses in force; what is wrong with them goes to {@code values}. */
  static List<Address> of(Values values, End end, boolean bind) {
    String home = end == End.SENDER ? "localhost" : "127.0.0.1";
    List<?> ports = ports(values, end);
    String protocol = values.get(Option.PROTOCOL, String.class, null);
    List<?> texts = values.get(Option.ADDRESS, List.class, List.of(home));
    if (ports.size() > 1 && texts.size() > 1) {
      values.problem(
          "Options 'address' and 'port' are both lists, "
              + texts
              + " and "
              + ports
              + ": give one address with the list of ports, or whole addresses alone.");
      ports = List.of();
    }
    List<Address> addresses = new ArrayList<>();
    for (Object text : texts) {
      for (Object port : ports.isEmpty() ? Collections.singleton(null) : ports) {
        Address address = complete((String) text, (Integer) port, protocol, values);
        if (address != null) {
          addresses.add(address);
          checkReach(address, bind, values);
        }
      }
    }
    return addresses;
  }

  private static List<?> ports(Values values, End end) {
    List<?> ports = values.get(Option.PORT, List.class, List.of());
    Option mode = end == End.RECEIVER ? Option.MULTISERVER_MODE : Option.MULTICLIENT_MODE;
    if (ports.size() > 1 && !values.flag(mode)) {
      values.refuse(
          Option.PORT,
          "a list, which a "
              + end.label()
              + " takes in "
              + mode.key()
              + " alone; expected one port");
      return List.of();
    }
    return ports;
  }

  private static Address complete(String text, Integer port, String protocol, Values values) {
    Address address;
    try {
      address = Address.parse(text);
    } catch (IllegalArgumentException e) {
      values.problem(e.getMessage());
      return null;
    }
    int scheme = text.indexOf("://");
    String rest = scheme < 0 ? text : text.substring(scheme + 3);
    boolean namesPort = !rest.equals(address.host()) && !rest.equals("[" + address.host() + "]");
    if (port != null && namesPort && port != address.port()) {
      values.problem(
          "Option 'port' is "
              + port
              + ", but the address '"
              + text
              + "' says "
              + address.port()
              + ": give one of them.");
    }
    if (protocol != null && scheme >= 0 && !protocol.equalsIgnoreCase(address.protocol())) {
      values.problem(
          "Option 'protocol' is '"
              + protocol
              + "', but the address '"
              + text
              + "' says "
              + address.protocol()
              + ": give one of them.");
    }
    return new Address(
        protocol != null && scheme < 0 ? protocol : address.protocol(),
        address.host(),
        port != null && !namesPort ? port : address.port());
  }

  private static void checkReach(Address address, boolean bind, Values values) {
    if (!bind && address.port() == 0) {
      values.problem(
          "Address "
              + address
              + " has port 0, which only a binding end may ask for: name the peer's port, 1 to 65535, or use bind().");
    }
    if (!bind && address.host().equals("*")) {
      values.problem(
          "Address "
              + address
              + " stands for every interface, which only a binding end may ask for: name the peer's host, or use bind().");
    }
  }
}
