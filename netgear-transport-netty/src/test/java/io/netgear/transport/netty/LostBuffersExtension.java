package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a class of tests after which a buffer is lost. Found by JUnit, as a service. */
public final class LostBuffersExtension implements AfterAllCallback {
  @Override
  public void afterAll(ExtensionContext context) {
    look();
    assertThat(LostBuffers.take()).as("buffers of Netty's that nobody released").isEmpty();
  }

  /** Netty tells of lost buffers once they are collected, when the next one is made. */
  static void look() {
    System.gc();
    ByteBufAllocator.DEFAULT.directBuffer(1).release();
  }
}
