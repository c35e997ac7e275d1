package io.netgear.internal.wire;

import io.netgear.FrameFormat;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import java.nio.ByteBuffer;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the JSON of first parts: the keys that the Python peer writes, in its order, then ours.
 * All throw IllegalArgumentException for what the wire has no form for.
 */
final class HeaderWriter {
  /** The return type of a returned frame. */
  static final String NDARRAY = "ndarray";

  private HeaderWriter() {}

  static ByteBuffer frame(FrameHeader header) {
    HeaderBytes bytes = new HeaderBytes();
    try (JsonGenerator out = Json.generator(bytes)) {
      out.writeStartObject();
      writePort(out, header.port());
      out.writeName("terminate_flag");
      out.writeBoolean(false);
      writeCompression(out, header.encoding());
      out.writeName("message");
      JsonValueWriter.write(out, "message", header.message());
      out.writeName("pattern");
      out.writeString(header.pattern());
      writeArray(out, header.encoding(), "dtype", "shape");
      Extras.of(header).write(out);
      out.writeEndObject();
    }
    return bytes.buffer();
  }

  static ByteBuffer goodbye(Object port) {
    HeaderBytes bytes = new HeaderBytes();
    try (JsonGenerator out = Json.generator(bytes)) {
      out.writeStartObject();
      out.writeName("terminate_flag");
      out.writeBoolean(true);
      writePort(out, port);
      out.writeEndObject();
    }
    return bytes.buffer();
  }

  static ByteBuffer answer(Answer answer) {
    HeaderBytes bytes = new HeaderBytes();
    try (JsonGenerator out = Json.generator(bytes)) {
      out.writeStartObject();
      writePort(out, answer.port());
      out.writeName("return_type");
      if (answer.payload() == null) {
        out.writeString(JsonValueWriter.pythonType(answer.data()));
      } else {
        out.writeString(NDARRAY);
        writeCompression(out, answer.encoding());
        writeArray(out, answer.encoding(), "array_dtype", "array_shape");
      }
      out.writeName("data");
      JsonValueWriter.write(out, "data", answer.data());
      Extras.of(answer).write(out);
      out.writeEndObject();
    }
    return bytes.buffer();
  }

  private static void writePort(JsonGenerator out, Object port) {
    if (port != null) {
      out.writeName("port");
      JsonValueWriter.write(out, "port", port);
    }
  }

  private static void writeCompression(JsonGenerator out, Encoding encoding) {
    out.writeName("compression");
    if (encoding.isRaw()) {
      out.writeBoolean(false);
      return;
    }
    out.writeStartObject();
    out.writeName("dct");
    out.writeBoolean(encoding.fastDct());
    out.writeName("ups");
    out.writeBoolean(encoding.fastUpsample());
    out.writeName("colorspace");
    if (encoding.colorSpace() != null) {
      out.writeString(encoding.colorSpace().name());
    } else if (!encoding.format().equals(Encoding.JPEG)) {
      out.writeNull();
    } else {
      throw new IllegalArgumentException("A JPEG's encoding needs the colour space of its pixels.");
    }
    out.writeEndObject();
  }

  private static void writeArray(
      JsonGenerator out, Encoding encoding, String dtypeKey, String shapeKey) {
    FrameFormat array = encoding.format().equals(Encoding.JPEG) ? null : encoding.array();
    if (array == null && encoding.isRaw()) {
      throw new IllegalArgumentException(
          "An uncompressed frame's encoding needs its element type and shape.");
    }
    out.writeName(dtypeKey);
    out.writeString(array == null ? "" : array.elementType().numpyName());
    out.writeName(shapeKey);
    if (array == null) {
      out.writeString("");
      return;
    }
    out.writeStartArray();
    for (int i = 0; i < array.dimensions(); i++) {
      out.writeNumber(array.dimension(i));
    }
    out.writeEndArray();
  }
}
