package io.netgear.testkit;

import io.netgear.Address;
import io.netgear.Security;
import io.netgear.spi.Transport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the tests of {@link TransportContract} must know of the transport that they test.
 *
 * <p>Each test gets a {@link LinkBench} of its own, which opens links and at the end closes them
 * and checks that all memory was given back.
 */
@ExtendWith(LinkBenchExtension.class)
@Timeout(60)
public interface TransportUnderTest {
  /** The transport; asked for once a test. */
  Transport transport();

  /** Where links may bind: an address with port 0. */
  default Address bindAddress() {
    return Address.parse("tcp://127.0.0.1:0");
  }

  /** What links are protected with; it has to go with the address. */
  default Security security() {
    return Security.NONE;
  }

  /**
   * Whether a PAIR link's reply goes to the connection that the message came from, or nowhere. A
   * transport that cannot know sends it on whatever connection there is by then; it answers false,
   * says so in its documentation, and patterns tell a late answer by its number.
   */
  default boolean pairRepliesStayOnTheirConnection() {
    return true;
  }

  /** Whether the transport tells {@link io.netgear.Events#connected} of the peers it finds. */
  default boolean tellsConnections() {
    return true;
  }
}
