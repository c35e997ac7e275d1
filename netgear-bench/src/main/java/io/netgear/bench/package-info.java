/**
 * Measurements, each named by the question that it answers. {@code docs/benchmarks.md} says how to
 * run and read them.
 */
package io.netgear.bench;
