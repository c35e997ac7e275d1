package io.netgear.testkit;

import io.netgear.spi.Pattern;

class PushPullPatternContractTest implements PatternContract {
  @Override
  public Pattern pattern() {
    return BuiltIn.pattern("push-pull");
  }
}
