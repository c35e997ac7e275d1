package io.netgear.spi;

import io.netgear.Events;

/**
 * All that a pattern works with. The facade owns every part and closes the link.
 *
 * @param link where messages go
 * @param wire how they are spelled
 * @param conduct what the options say
 * @param events whom to tell of bad messages and reopened links
 * @param ticker the clock
 */
public record Dialogue(Link link, WireFormat wire, Conduct conduct, Events events, Ticker ticker) {}
