package io.netgear.testkit;

import io.netgear.spi.Pattern;

class PublishSubscribePatternContractTest implements PatternContract {
  @Override
  public Pattern pattern() {
    return BuiltIn.pattern("publish-subscribe");
  }
}
