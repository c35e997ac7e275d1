package io.netgear.internal;

import io.netgear.spi.TunnelProvider;
import io.netgear.spi.TunnelSpec;

/**
 * The way through a tunnel, where one was asked for.
 *
 * @param provider who opens it
 * @param spec where it leads and how
 */
public record Tunnelling(TunnelProvider provider, TunnelSpec spec) {}
