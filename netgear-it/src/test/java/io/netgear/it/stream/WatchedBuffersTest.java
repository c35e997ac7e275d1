package io.netgear.it.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.transport.netty.LostBuffers;
import io.netgear.transport.netty.LostBuffersExtension;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.Extension;

/** That Netty's buffers are watched in all tests of this module, and a lost one fails its class. */
class WatchedBuffersTest {
  @Test
  void shouldWatchEveryBufferOfNetty() {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    assertThat(ResourceLeakDetectorFactory.instance().newResourceLeakDetector(Object.class))
        .isInstanceOf(LostBuffers.class);
  }

  @Test
  void shouldLookForLostBuffersAfterEachClass() {
    assertThat(ServiceLoader.load(Extension.class))
        .anyMatch(LostBuffersExtension.class::isInstance);
    assertThat(System.getProperty("junit.jupiter.extensions.autodetection.enabled"))
        .isEqualTo("true");
  }
}
