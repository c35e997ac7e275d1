package io.netgear.testkit;

import io.netgear.spi.Pattern;

class RequestReplyPatternContractTest implements PatternContract {
  @Override
  public Pattern pattern() {
    return BuiltIn.pattern("request-reply");
  }
}
