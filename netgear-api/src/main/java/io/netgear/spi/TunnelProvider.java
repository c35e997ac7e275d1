package io.netgear.spi;

import io.netgear.TransportException;
import java.util.function.Consumer;

/** Opens tunnels: a sender's way to a receiver that only another machine can reach. */
public interface TunnelProvider extends Provider {
  /**
   * Logs in and opens the local port; returns once both are done. The target need not be there yet.
   *
   * <p>A session that breaks is opened again, with pauses, with the same checks as the first time,
   * for as long as {@link TunnelSpec#patience()} allows.
   *
   * @param failed told once, on a thread of the tunnel's, if the tunnel has failed for good: its
   *     login is refused, the server's key is another, the target is forbidden, or patience is at
   *     its end. The tunnel then carries nothing any more and is still to be closed.
   * @throws TransportException if the server is not reached, is not the one that is known, or lets
   *     nobody in; nothing stays open then
   */
  Tunnel open(TunnelSpec spec, Consumer<TransportException> failed);
}
