package io.netgear;

import java.time.Duration;

/**
 * A latency histogram at one moment. Each value is exact to within 1.6 %.
 *
 * @param count how many were measured
 * @param p50 half of them were at most this
 * @param p99 99 of 100 were at most this
 * @param max the largest
 * @param mean the average
 * @param implausible values that are left out of all the others because they are over an hour: what
 *     a peer's clock, or a forged time of sending, says and not the way of a frame
 */
public record LatencySummary(
    long count, Duration p50, Duration p99, Duration max, Duration mean, long implausible) {}
