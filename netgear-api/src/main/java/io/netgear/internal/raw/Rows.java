package io.netgear.internal.raw;

import java.nio.ByteBuffer;

/** Copies rows between buffers of different strides, in one piece where neither is padded. */
final class Rows {
  private Rows() {}

  /** Moves neither position nor limit. Strides are bytes from row to row. */
  static void copy(
      ByteBuffer from,
      int fromIndex,
      int fromStride,
      ByteBuffer to,
      int toIndex,
      int toStride,
      int rowBytes,
      int rows) {
    if (fromStride == rowBytes && toStride == rowBytes) {
      to.put(toIndex, from, fromIndex, rowBytes * rows);
      return;
    }
    for (int row = 0; row < rows; row++) {
      to.put(toIndex + row * toStride, from, fromIndex + row * fromStride, rowBytes);
    }
  }
}
