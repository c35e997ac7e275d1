package io.netgear.testkit;

import io.netgear.spi.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the tests of {@link PatternContract} must know of the pattern that they test. Each test gets
 * a {@link PatternBench} of its own.
 */
@ExtendWith(PatternBenchExtension.class)
@Timeout(60)
public interface PatternUnderTest {
  /** The pattern. */
  Pattern pattern();
}
