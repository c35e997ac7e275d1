package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a peer is looked for. */
class RouteTest {
  private static final SocketAddress A = InetSocketAddress.createUnresolved("a", 1);
  private static final SocketAddress B = InetSocketAddress.createUnresolved("b", 1);
  private static final SocketAddress C = InetSocketAddress.createUnresolved("c", 1);

  private final Route route = new Route(List.of(A, B));

  private void assertTries(SocketAddress... places) {
    for (SocketAddress place : places) {
      assertThat(route.next()).isEqualTo(place);
    }
  }

  @Test
  void shouldTryEachPlaceInTurn() {
    assertTries(A, B, A, B, A);
  }

  @Test
  void shouldGoBackToWhereThePeerWasMet() {
    assertTries(A, B);
    route.met();
    assertTries(B);
    route.met();
    assertTries(B, A);
  }

  @Test
  void shouldBeginAnewWithWhatIsKnownNow() {
    assertTries(A);
    route.lookedUp(List.of(C, B));
    assertTries(C, B);
    route.lookedUp(List.of());
    route.lookedUp(List.of(C, B));
    assertTries(C, B);
  }

  @Test
  void shouldGoOnWhereThePeerWasMetWhileItsHostWasLookedUp() {
    assertTries(A);
    route.lookedUp(List.of(C, B, A));
    route.met();
    assertTries(A, C, B);
    route.lookedUp(List.of(C));
    route.met();
    assertTries(C, C);
  }
}
