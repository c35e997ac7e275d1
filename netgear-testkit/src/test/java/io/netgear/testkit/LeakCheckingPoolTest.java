package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netgear.spi.PooledBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeakCheckingPoolTest {
  private final LeakCheckingPool pool = new LeakCheckingPool(1000);

  @Test
  void shouldLendDirectLittleEndianMemory() {
    PooledBuffer lent = pool.acquire(100);
    assertThat(lent.bytes().isDirect()).isTrue();
    assertThat(lent.bytes().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(lent.bytes().position()).isZero();
    assertThat(lent.bytes().limit()).isEqualTo(100);
    assertThat(pool.lentBytes()).isEqualTo(100);
    assertThat(pool.lentBuffers()).isEqualTo(1);
    lent.release();
    assertThat(pool.lentBytes()).isZero();
    assertThat(pool.acquired()).isEqualTo(1);
    pool.assertNothingLent();
  }

  @Test
  void shouldNameTheBorrowerOfWhatIsNotGivenBack() {
    PooledBuffer forgotten = borrowAndForget();
    Throwable leak = catchThrowable(pool::assertNothingLent);
    assertThat(leak).isInstanceOf(AssertionError.class).hasMessageContaining("1 buffers of 64");
    assertThat(leak.getSuppressed()).hasSize(1);
    assertThat(leak.getSuppressed()[0].getStackTrace())
        .anyMatch(element -> element.getMethodName().equals("borrowAndForget"));
    forgotten.release();
    pool.assertNothingLent();
  }

  private PooledBuffer borrowAndForget() {
    return pool.acquire(64);
  }

  @Test
  void shouldSpoilMemoryThatWasGivenBack() {
    PooledBuffer lent = pool.acquire(13);
    ByteBuffer kept = lent.bytes();
    kept.put(5, (byte) 1).limit(7).position(6);
    lent.retain();
    lent.release();
    assertThat(kept.get(5)).as("while it is still owned").isEqualTo((byte) 1);
    lent.release();
    for (int i = 0; i < 13; i++) {
      assertThat(kept.duplicate().clear().get(i)).isEqualTo(LeakCheckingPool.POISON);
    }
  }

  @Test
  void shouldRefuseMoreThanItsLimit() {
    PooledBuffer most = pool.acquire(900);
    assertThatThrownBy(() -> pool.acquire(101))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1000")
        .hasMessageContaining("900");
    most.release();
    pool.acquire(1000).release();
  }

  @Test
  void shouldWaitForThoseWhoGiveBackOnOtherThreads() throws Exception {
    PooledBuffer lent = pool.acquire(10);
    Thread later = new Thread(lent::release);
    later.start();
    pool.awaitNothingLent(Duration.ofSeconds(20));
    later.join();
  }

  @Test
  void shouldNotWaitForEver() {
    PooledBuffer lent = pool.acquire(10);
    assertThatThrownBy(() -> pool.awaitNothingLent(Duration.ofMillis(20)))
        .isInstanceOf(AssertionError.class);
    lent.release();
  }
}
