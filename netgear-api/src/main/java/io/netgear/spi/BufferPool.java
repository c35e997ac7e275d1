package io.netgear.spi;

/**
 * Lends direct memory that is used again and again. Thread-safe.
 *
 * <p>Freshly mapped memory costs more than decoding into it, so every payload and every picture
 * comes from here.
 */
public interface BufferPool {
  /**
   * Lends a direct, little-endian buffer with position 0 and limit {@code bytes}. Its content is
   * undefined.
   *
   * @throws IllegalStateException when the pool's limit is reached; the message says how much is
   *     lent and what to do
   */
  PooledBuffer acquire(int bytes);

  /** Bytes lent at this moment, as large as they really are (not as asked for). */
  long lentBytes();

  /** Bytes held in all, lent or free: at most {@link #limitBytes()}. */
  long heldBytes();

  /** The ceiling of {@link #heldBytes()}. */
  long limitBytes();
}
