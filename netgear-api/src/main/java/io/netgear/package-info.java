/**
 * What applications use: open a sender or a receiver with {@link io.netgear.NetGear}, and hand over
 * or take frames.
 */
package io.netgear;
