import io.netgear.testkit.InMemoryTransport;

/**
 * Contract tests for plug-in authors, an in-memory transport, a leak-checking pool, a fake clock.
 */
module io.netgear.testkit {
  requires transitive io.netgear;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;
  requires jdk.management;

  exports io.netgear.testkit;

  uses io.netgear.spi.Transport;
  uses io.netgear.spi.FrameCodec;
  uses io.netgear.spi.Pattern;

  provides io.netgear.spi.Transport with
      InMemoryTransport;
}
