package io.netgear;

import io.netgear.internal.options.End;
import io.netgear.internal.runtime.NetGearSender;

/**
 * Asks for a sender, step by step; see {@link EndpointBuilder}. Connects to {@code
 * tcp://localhost:5555} unless told otherwise.
 */
public final class SenderBuilder extends EndpointBuilder<SenderBuilder> {
  SenderBuilder() {
    super(End.SENDER);
  }

  @Override
  SenderBuilder self() {
    return this;
  }

  /**
   * Opens the sender: checks everything that was asked for, then binds or connects. The peer need
   * not be there yet.
   *
   * @throws InvalidOptionsException with all that is wrong with the options, before a socket is
   *     touched
   * @throws ProviderNotFoundException if a plug-in is missing or does not work here
   * @throws TransportException if the address cannot be used
   */
  public FrameSender open() {
    return NetGearSender.open(settings());
  }
}
