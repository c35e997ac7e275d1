package io.netgear.internal.wire;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.PrettyPrinter;

/**
 * The blanks that Python's {@code json.dumps} puts behind commas and colons, and nowhere else.
 * Stateless.
 */
final class PythonSpacing implements PrettyPrinter {
  @Override
  public void writeRootValueSeparator(JsonGenerator out) {}

  @Override
  public void writeStartObject(JsonGenerator out) {
    out.writeRaw('{');
  }

  @Override
  public void beforeObjectEntries(JsonGenerator out) {}

  @Override
  public void writeObjectNameValueSeparator(JsonGenerator out) {
    out.writeRaw(": ");
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator out) {
    out.writeRaw(", ");
  }

  @Override
  public void writeEndObject(JsonGenerator out, int entries) {
    out.writeRaw('}');
  }

  @Override
  public void writeStartArray(JsonGenerator out) {
    out.writeRaw('[');
  }

  @Override
  public void beforeArrayValues(JsonGenerator out) {}

  @Override
  public void writeArrayValueSeparator(JsonGenerator out) {
    out.writeRaw(", ");
  }

  @Override
  public void writeEndArray(JsonGenerator out, int values) {
    out.writeRaw(']');
  }
}
