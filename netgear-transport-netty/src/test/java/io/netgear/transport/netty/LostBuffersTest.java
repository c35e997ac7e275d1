package io.netgear.transport.netty;

import static io.netgear.transport.netty.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the check of all other tests is one. */
class LostBuffersTest {
  private static void lose() {
    assertThat(ByteBufAllocator.DEFAULT.directBuffer(100).writeByte(1).refCnt()).isOne();
  }

  @Test
  void shouldNoticeABufferThatNobodyReleased() {
    lose();
    List<String> found = new ArrayList<>();
    await()
        .untilAsserted(
            () -> {
              LostBuffersExtension.look();
              found.addAll(LostBuffers.take());
              assertThat(found).anyMatch(each -> each.contains("LostBuffersTest.lose"));
            });
  }
}
