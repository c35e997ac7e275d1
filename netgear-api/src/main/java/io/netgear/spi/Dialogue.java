package io.netgear.spi;

import io.netgear.Events;
import java.util.function.BooleanSupplier;

/**
 * All that a pattern works with. The facade owns every part and closes the link.
 *
 * @param link where messages go
 * @param wire how they are spelled
 * @param conduct what the options say
 * @param events whom to tell of bad messages and reopened links
 * @param ticker the clock
 * @param closing whether this end is being closed: a sender that waits for an answer looks at it
 *     every {@link #CLOSING_CHECK_MS} and gives up, so that a goodbye can still be said
 */
public record Dialogue(
    Link link,
    WireFormat wire,
    Conduct conduct,
    Events events,
    Ticker ticker,
    BooleanSupplier closing) {
  /** How often a waiting sender looks whether it is being closed. */
  public static final int CLOSING_CHECK_MS = 50;
}
