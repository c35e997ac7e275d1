package io.netgear.internal.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of a pool is lent. Apart from the pool, so that watching for lost loans does not keep
 * the pool and its free memory alive.
 */
final class LentBytes {
  private final String owner;
  private final AtomicLong bytes = new AtomicLong();

  LentBytes(String owner) {
    this.owner = owner;
  }

  String owner() {
    return owner;
  }

  long bytes() {
    return bytes.get();
  }

  void add(long change) {
    bytes.addAndGet(change);
  }
}
