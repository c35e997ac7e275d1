package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.spi.PooledBuffer;
import org.junit.jupiter.api.Test;

@LeakChecked
class LeakCheckedTest {
  @Test
  void shouldGiveEachTestItsPool(LeakCheckingPool pool) {
    PooledBuffer lent = pool.acquire(8);
    assertThat(pool.lentBuffers()).isEqualTo(1);
    lent.release();
  }

  @Test
  void shouldWaitForOtherThreadsBeforeComplaining(LeakCheckingPool pool) {
    PooledBuffer lent = pool.acquire(8);
    Thread later = new Thread(lent::release);
    later.setDaemon(true);
    later.start();
    assertThat(pool.acquired()).isEqualTo(1);
  }
}
