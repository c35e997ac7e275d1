package io.netgear.testkit;

/**
 * What every transport must do, as tests. A transport's test class implements this and says which
 * transport:
 *
 * <pre>{@code
 * class PigeonTransportTest implements TransportContract {
 *   @Override
 *   public Transport transport() {
 *     return new PigeonTransport();
 *   }
 * }
 * }</pre>
 *
 * <p>The tests use real time and nothing but the SPI. None asks how fast something is: what must
 * happen is waited for with patience, and what must not wait is given a deadline that is far away.
 * Roles that the transport does not have are left out.
 */
public interface TransportContract
    extends LinkDeliveryContract,
        LinkDeadlineContract,
        LinkReplyContract,
        LinkLifecycleContract,
        LinkDefenceContract {}
