package io.netgear.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.spi.PooledBuffer;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DirectBufferPoolTest {
  private static final int MIB = 1 << 20;

  private final DirectBufferPool pool = new DirectBufferPool("a test", 64L * MIB);

  @Test
  void shouldLendDirectLittleEndianMemoryOfTheSizeAskedFor() {
    PooledBuffer buffer = pool.acquire(100_001);

    assertThat(buffer.bytes().isDirect()).isTrue();
    assertThat(buffer.bytes().position()).isZero();
    assertThat(buffer.bytes().limit()).isEqualTo(100_001);
    assertThat(buffer.bytes().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    buffer.release();
  }

  @Test
  void shouldLendTheSameMemoryAgain() {
    PooledBuffer first = pool.acquire(MIB);
    ByteBuffer memory = first.bytes().position(5).limit(7).order(ByteOrder.BIG_ENDIAN);
    first.release();

    PooledBuffer second = pool.acquire(MIB - 1);

    assertThat(second.bytes()).isSameAs(memory);
    assertThat(second.bytes().position()).isZero();
    assertThat(second.bytes().limit()).isEqualTo(MIB - 1);
    assertThat(second.bytes().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    second.release();
  }

  @Test
  void shouldCountWhatIsLentAndWhatIsHeld() {
    PooledBuffer buffer = pool.acquire(MIB);
    assertThat(pool.lentBytes()).isBetween((long) MIB, MIB * 5L / 4);

    buffer.release();

    assertThat(pool.lentBytes()).isZero();
    assertThat(pool.heldBytes()).isBetween((long) MIB, MIB * 5L / 4);
  }

  @Test
  void shouldRefuseToGrowOverItsLimitAndSayWhatToDo() {
    PooledBuffer most = pool.acquire(60 * MIB);

    assertThatThrownBy(() -> pool.acquire(10 * MIB))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a test")
        .hasMessageContaining("Close received frames");
    most.release();
  }

  @Test
  void shouldSayWhenTheJvmAllowsLessThanTheLimit() {
    assumeTrue(Runtime.getRuntime().maxMemory() < Integer.MAX_VALUE, "direct memory is limited");
    DirectBufferPool large = new DirectBufferPool("a test", 1L << 40);

    assertThatThrownBy(() -> large.acquire(Integer.MAX_VALUE - 64))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a test")
        .hasMessageContaining("-XX:MaxDirectMemorySize");
    assertThat(large.lentBytes()).isZero();
    assertThat(large.heldBytes()).isZero();
  }

  @Test
  void shouldGiveUpFreeMemoryOfOtherSizesBeforeItRefuses() {
    pool.acquire(40 * MIB).release();

    PooledBuffer other = pool.acquire(50 * MIB);

    assertThat(pool.heldBytes()).isLessThanOrEqualTo(pool.limitBytes());
    other.release();
  }

  @Test
  void shouldWasteAtMostAQuarter() {
    for (int bytes = 1; bytes > 0 && bytes < Integer.MAX_VALUE / 2; bytes += bytes / 7 + 1) {
      int capacity = DirectBufferPool.capacityFor(bytes);
      assertThat(capacity).isGreaterThanOrEqualTo(bytes);
      assertThat((long) capacity).isLessThanOrEqualTo(Math.max(4096L, bytes + bytes / 4 + 4096L));
    }
    assertThat(DirectBufferPool.capacityFor(Integer.MAX_VALUE - 64))
        .isGreaterThanOrEqualTo(Integer.MAX_VALUE - 64);
  }

  @Test
  void shouldKeepEveryCapacityInAClassOfItsOwnLargerOnesHigher() {
    int capacity = DirectBufferPool.capacityFor(1);
    while (capacity < Integer.MAX_VALUE - 8) {
      int next = DirectBufferPool.capacityFor(capacity + 1);
      assertThat(DirectBufferPool.sizeClass(next))
          .isGreaterThan(DirectBufferPool.sizeClass(capacity));
      capacity = next;
    }
  }

  @Test
  void shouldReportLosingMemoryThatWasLentBefore() {
    pool.acquire(10).release();
    pool.acquire(10).release();
    shouldNoticeABufferThatWasLost();
  }

  @Test
  void shouldBeCollectedWithItsFreeMemoryWhenNobodyUsesIt() {
    WeakReference<DirectBufferPool> gone = new WeakReference<>(usedPool());

    Awaitility.await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(gone.get()).isNull();
            });
  }

  private static DirectBufferPool usedPool() {
    DirectBufferPool used = new DirectBufferPool("a test", MIB);
    used.acquire(10).release();
    return used;
  }

  @Test
  void shouldFailWhenABufferIsUsedOrReleasedAfterItWasGivenBack() {
    PooledBuffer buffer = pool.acquire(10);
    buffer.release();

    assertThatThrownBy(buffer::bytes).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(buffer::release).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(buffer::retain).isInstanceOf(IllegalStateException.class);
    assertThat(pool.lentBytes()).isZero();
  }

  @Test
  void shouldGiveBackOnlyWithTheLastOwner() {
    PooledBuffer buffer = pool.acquire(10).retain();

    buffer.release();
    assertThat(pool.lentBytes()).isPositive();
    buffer.release();

    assertThat(pool.lentBytes()).isZero();
  }

  @Test
  void shouldNoticeABufferThatWasLost() {
    lose();
    assertThat(pool.lentBytes()).isPositive();

    Awaitility.await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(pool.lentBytes()).isZero();
            });
    assertThat(pool.heldBytes()).isZero();
  }

  private void lose() {
    pool.acquire(10);
  }
}
