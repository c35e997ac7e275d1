package io.netgear.transport.zmq;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import zmq.Ctx;
import zmq.ZError;

/** A context of JeroMQ whose threads wait with {@link PatientSelector}s. */
final class PatientContext extends Ctx {
  private final Set<Selector> selectors = ConcurrentHashMap.newKeySet();
  private final Runnable onSelecting;

  /**
   * @param onSelecting called whenever a thread is about to select
   */
  PatientContext(Runnable onSelecting) {
    this.onSelecting = onSelecting;
  }

  @Override
  public Selector createSelector() {
    if (selectors == null) {
      // JeroMQ's own constructor, which makes a mailbox that is read at the very end only
      return super.createSelector();
    }
    try {
      Selector selector = new PatientSelector(SelectorProvider.provider(), onSelecting);
      selectors.add(selector);
      return selector;
    } catch (IOException e) {
      throw new ZError.IOException(e);
    }
  }

  @Override
  public boolean closeSelector(Selector selector) {
    if (!selectors.remove(selector)) {
      return super.closeSelector(selector);
    }
    try {
      selector.close();
      return true;
    } catch (IOException e) {
      throw new ZError.IOException(e);
    }
  }

  /** JeroMQ closes every selector by itself; what it forgot goes with the context. */
  @Override
  public void terminate() {
    super.terminate();
    selectors.forEach(this::closeSelector);
  }
}
