package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

/** One memory for all that comes one after the other, and another for what comes meanwhile. */
class ReusedMemoryTest {
  private final ReusedMemory memory = new ReusedMemory(100, UnpooledByteBufAllocator.DEFAULT);

  @Test
  void shouldGiveTheSameMemoryOutAgainOnceItIsFree() {
    ByteBuf first = memory.directBuffer(40).writeZero(40);
    first.release();

    ByteBuf second = memory.directBuffer(100);

    assertThat(second).isSameAs(first);
    assertThat(second.isReadable()).isFalse();
    assertThat(second.writableBytes()).isEqualTo(100);
    second.release();
  }

  @Test
  void shouldGiveOtherMemoryWhileAnybodyHoldsIt() {
    ByteBuf first = memory.directBuffer(40).writeZero(40);
    ByteBuf held = first.readRetainedSlice(7);
    first.release();

    ByteBuf second = memory.directBuffer(40);
    assertThat(second).isNotSameAs(first);
    second.release();

    held.release();
    ByteBuf third = memory.directBuffer(40);
    assertThat(third).isSameAs(first);
    third.release();
  }

  @Test
  void shouldGiveOtherMemoryForWhatIsLargerAndOnTheHeap() {
    ByteBuf large = memory.directBuffer(101);
    ByteBuf heap = memory.heapBuffer(40);

    assertThat(large.capacity()).isEqualTo(101);
    assertThat(heap.hasArray()).isTrue();
    large.release();
    heap.release();
  }
}
