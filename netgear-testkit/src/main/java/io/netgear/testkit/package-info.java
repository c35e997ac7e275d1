/**
 * Tests and tools for those who write plug-ins: contracts to inherit, an in-memory network, a pool
 * that finds leaks, a clock that stands still.
 */
package io.netgear.testkit;
