package io.netgear.testkit;

/**
 * What every pattern must do, as tests. A pattern's test class implements this and says which
 * pattern:
 *
 * <pre>{@code
 * class SurveyPatternTest implements PatternContract {
 *   @Override
 *   public Pattern pattern() {
 *     return new SurveyPattern();
 *   }
 * }
 * }</pre>
 *
 * <p>The two sides talk over an {@link InMemoryTransport}, spell messages as {@link PlainWire} and
 * live by a {@link FakeTicker}: no test waits for time to pass. What a pattern does not do, by its
 * {@link io.netgear.spi.Pattern#features()}, is not asked of it.
 */
public interface PatternContract
    extends PatternDeliveryContract,
        PatternFailureContract,
        PatternEndContract,
        PatternMultiServerContract {}
