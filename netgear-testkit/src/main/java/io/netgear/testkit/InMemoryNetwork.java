package io.netgear.testkit;

import io.netgear.Address;
import io.netgear.Peer;
import io.netgear.Security;
import io.netgear.TransportException;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Where links of one {@link InMemoryTransport} meet, and where tests make things go wrong. Tests
 * with a network each do not see each other. Thread-safe.
 *
 * <p>Addresses are names: {@code mem://camera:5} and {@code tcp://camera:5} are two places, nothing
 * is resolved (but {@code localhost} and {@code 127.0.0.1} are one host, and {@code *} is every
 * host), and no port of the machine is used. Faults are set on links by the {@link LinkSpec#name}
 * that they were opened with, and hold for links of that name opened later, too.
 *
 * <p>One lock guards the network, its links and their queues; whoever waits, waits on {@link
 * #changed}. The whole state is small and every change is short, so that what a test sees does not
 * depend on the order in which several locks were taken.
 */
public final class InMemoryNetwork {
  static final Set<String> PROTOCOLS = Set.of("mem", "tcp");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
  private static final int FIRST_FREE_PORT = 49_152;
  private static final int LAST_PORT = 65_535;

  final ReentrantLock lock = new ReentrantLock();
  final Condition changed = lock.newCondition();
  final EventRelay events = new EventRelay();

  private final List<InMemoryLink> links = new ArrayList<>();
  private final Map<String, LinkFaults> faults = new HashMap<>();
  private int nextFreePort = FIRST_FREE_PORT;
  private int connectionsMade;

  /** An empty network. */
  public InMemoryNetwork() {}

  /** The next {@code count} messages that links named {@code linkName} send are lost on the way. */
  public void dropNext(String linkName, int count) {
    change(() -> faults(linkName).drops += count);
  }

  /** What links named {@code linkName} send from now on stays on the way until {@link #release}. */
  public void hold(String linkName) {
    change(() -> faults(linkName).holding = true);
  }

  /** What was held of links named {@code linkName} arrives, and nothing more is held. */
  public void release(String linkName) {
    change(
        () -> {
          faults(linkName).holding = false;
          named(linkName).forEach(InMemoryLink::releaseHeld);
        });
  }

  /**
   * Cuts all connections of links named {@code linkName}; what was held on them is lost. They are
   * made again at once, unless the link is isolated.
   */
  public void cut(String linkName) {
    change(
        () -> {
          named(linkName).forEach(InMemoryLink::disconnect);
          connectAll();
        });
  }

  /** Cuts links named {@code linkName} off until {@link #restore}. */
  public void isolate(String linkName) {
    change(
        () -> {
          faults(linkName).isolated = true;
          named(linkName).forEach(InMemoryLink::disconnect);
          connectAll();
        });
  }

  /** Lets links named {@code linkName} connect again. */
  public void restore(String linkName) {
    change(
        () -> {
          faults(linkName).isolated = false;
          connectAll();
        });
  }

  /**
   * Puts a message of any bytes into the queue of the link named {@code linkName}, as from a peer
   * that does not keep the rules. To a link that awaits a reply it is that reply.
   *
   * @throws IllegalStateException if no such link is open
   */
  public void inject(String linkName, byte[]... parts) {
    change(
        () -> {
          List<InMemoryLink> receivers = named(linkName);
          if (receivers.isEmpty()) {
            throw new IllegalStateException("No link named '" + linkName + "' is open.");
          }
          receivers.get(0).acceptFromNobody(parts);
        });
  }

  /** How many peers the link named {@code linkName} is connected with; 0 when there is none. */
  public int connections(String linkName) {
    lock.lock();
    try {
      return named(linkName).stream().mapToInt(InMemoryLink::connections).sum();
    } finally {
      lock.unlock();
    }
  }

  InMemoryLink open(LinkSpec spec) {
    requireSupported(spec);
    InMemoryLink link;
    lock.lock();
    try {
      link = new InMemoryLink(this, spec, spec.bind() ? claim(spec.addresses()) : spec.addresses());
      links.add(link);
      connectAll();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    events.tell();
    return link;
  }

  LinkFaults faults(String linkName) {
    return faults.computeIfAbsent(linkName, name -> new LinkFaults());
  }

  /** Runs {@code change} under the lock, wakes all who wait, and tells listeners afterwards. */
  void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    events.tell();
  }

  void remove(InMemoryLink link) {
    links.remove(link);
    connectAll();
  }

  /** Makes every connection that can be made, in the order in which the links were opened. */
  void connectAll() {
    for (InMemoryLink link : links) {
      if (!link.spec.bind()) {
        for (Address to : link.addresses()) {
          connect(link, to);
        }
      }
    }
  }

  private void connect(InMemoryLink from, Address to) {
    if (from.hasConnectionTo(to)) {
      return;
    }
    for (InMemoryLink bound : links) {
      if (bound.spec.bind() && bound.isAt(to) && from.mayMeet(bound) && bound.mayMeet(from)) {
        connectionsMade++;
        Peer caller = Peer.at(to.protocol() + "://caller:" + connectionsMade);
        LinkEnd near = new LinkEnd(from, Peer.at(to.toString()));
        LinkEnd far = new LinkEnd(bound, caller);
        near.other = far;
        far.other = near;
        bound.attach(far, null);
        from.attach(near, to);
        return;
      }
    }
  }

  private List<Address> claim(List<Address> wanted) {
    List<Address> claimed = new ArrayList<>();
    for (Address address : wanted) {
      Predicate<Address> taken =
          place ->
              claimed.stream().anyMatch(own -> samePlace(own, place))
                  || links.stream().anyMatch(link -> link.spec.bind() && link.isAt(place));
      Address place = address.port() == 0 ? freePlace(address, taken) : address;
      if (taken.test(place)) {
        throw new TransportException(
            "Cannot bind "
                + address
                + ": the address is in use by another link. Close that one, or bind port 0 for any"
                + " free port.");
      }
      claimed.add(place);
    }
    return List.copyOf(claimed);
  }

  private Address freePlace(Address address, Predicate<Address> taken) {
    for (int tries = 0; tries <= LAST_PORT - FIRST_FREE_PORT; tries++) {
      Address candidate = address.withPort(nextFreePort);
      nextFreePort = nextFreePort == LAST_PORT ? FIRST_FREE_PORT : nextFreePort + 1;
      if (!taken.test(candidate)) {
        return candidate;
      }
    }
    throw new TransportException("Cannot bind " + address + ": every port is in use.");
  }

  /** Whether two places cannot be bound at once, or one is the way to the other. */
  static boolean samePlace(Address one, Address other) {
    return one.protocol().equals(other.protocol())
        && one.port() == other.port()
        && (one.host().equals("*")
            || other.host().equals("*")
            || hostOf(one).equals(hostOf(other)));
  }

  private static String hostOf(Address address) {
    return LOOPBACK.contains(address.host()) ? "localhost" : address.host();
  }

  /** Whether links of these roles talk to each other. */
  static boolean matches(LinkRole one, LinkRole other) {
    return counterpart(one) == other;
  }

  private static LinkRole counterpart(LinkRole role) {
    return switch (role) {
      case PAIR -> LinkRole.PAIR;
      case REQUEST -> LinkRole.REPLY;
      case REPLY -> LinkRole.REQUEST;
      case PUBLISH -> LinkRole.SUBSCRIBE;
      case SUBSCRIBE -> LinkRole.PUBLISH;
      case PUSH -> LinkRole.PULL;
      case PULL -> LinkRole.PUSH;
    };
  }

  private List<InMemoryLink> named(String linkName) {
    return links.stream().filter(link -> link.spec.name().equals(linkName)).toList();
  }

  private static void requireSupported(LinkSpec spec) {
    if (spec.security() != Security.NONE) {
      throw new TransportException(
          "The in-memory transport has no security, asked for: "
              + spec.security().describe()
              + ".");
    }
    for (Address address : spec.addresses()) {
      if (!PROTOCOLS.contains(address.protocol())) {
        throw new TransportException(
            "The in-memory transport cannot open "
                + address
                + ": its protocols are "
                + String.join(", ", new TreeSet<>(PROTOCOLS))
                + ".");
      }
      if (!spec.bind() && address.port() == 0) {
        throw new TransportException(
            "Cannot connect to " + address + ": a port from 1 to 65535 is needed.");
      }
    }
  }
}
