package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a class of tests after which a buffer is lost. Found by JUnit, as a service. */
public final class LostBuffersExtension implements AfterAllCallback {
  private static final long MOST_MS = 10_000;

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    look();
    assertThat(LostBuffers.take()).as("buffers of Netty's that nobody released").isEmpty();
  }

  /**
   * Netty tells of lost buffers once they are collected, when the next one is made. What one
   * collection has found is queued by the time that a reference of the next one is.
   */
  static void look() throws InterruptedException {
    collect();
    collect();
    ByteBufAllocator.DEFAULT.directBuffer(1).release();
  }

  private static void collect() throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    WeakReference<Object> sentinel = new WeakReference<>(new Object(), queue);
    System.gc();
    assertThat(queue.remove(MOST_MS)).as("what a collection finds").isSameAs(sentinel);
  }
}
