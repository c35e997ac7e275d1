package io.netgear.testkit;

import io.netgear.spi.Pattern;

class PairPatternContractTest implements PatternContract {
  @Override
  public Pattern pattern() {
    return BuiltIn.pattern("pair");
  }
}
