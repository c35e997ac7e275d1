/**
 * How messages are spelled on the wire: the Python peer's JSON with keys of our own
 * (docs/wire-format.md).
 */
package io.netgear.internal.wire;
