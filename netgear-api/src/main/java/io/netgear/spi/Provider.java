package io.netgear.spi;

/**
 * A plug-in: a {@link Transport}, a {@link FrameCodec}, a {@link Pattern} or a {@link
 * TunnelProvider}, found by {@link java.util.ServiceLoader}.
 *
 * <p>Providers are stateless and cheap to make; they are made on any thread, several times over.
 * What costs something (a native library, a thread) waits for the first {@link #availability()} or
 * for the factory method.
 */
public interface Provider {
  /** The version of this SPI that this release of NetGear offers. */
  int SPI_VERSION = 1;

  /**
   * The name by which applications choose it: lower case, digits and dashes, such as {@code zmq}.
   */
  String name();

  /**
   * The SPI version that it was compiled for: a constant of the provider's own, {@code return 1},
   * never {@link #SPI_VERSION} computed at run time. Another number than NetGear's makes the
   * provider be skipped, with the reason told.
   */
  int spiVersion();

  /** Whether it can work here, found out once and remembered. Must not throw. */
  Availability availability();
}
