package io.netgear.internal.wire;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.util.JsonParserDelegate;

/**
 * A parser that is fed: a value that its input breaks off in is an error here too, as it is for one
 * that reads a whole document.
 */
final class FedParser extends JsonParserDelegate {
  FedParser(JsonParser fed) {
    super(fed);
  }

  @Override
  public JsonToken nextToken() {
    JsonToken token = delegate.nextToken();
    if (token == JsonToken.NOT_AVAILABLE) {
      throw new UnexpectedEndOfInputException(this, token, "The input ends within a value");
    }
    return token;
  }

  @Override
  public String nextName() {
    return nextToken() == JsonToken.PROPERTY_NAME ? delegate.currentName() : null;
  }
}
