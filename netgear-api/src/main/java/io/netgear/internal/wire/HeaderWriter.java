package io.netgear.internal.wire;

import io.netgear.FrameFormat;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the JSON of first parts: the keys that the Python peer writes, in its order, then ours.
 * Belongs to one thread at a time.
 *
 * <p>One generator writes them all, to which they look like one long document: making a generator
 * for each costs more garbage than all else. All methods throw IllegalArgumentException for what
 * the wire has no form for; the generator is in the middle of something then, and to be closed.
 */
final class HeaderWriter implements AutoCloseable {
  /** The return type of a returned frame. */
  static final String NDARRAY = "ndarray";

  private final Extras extras = new Extras();
  private final JsonGenerator out = Json.generator(new Forwarding());
  private HeaderBytes target;

  void frame(FrameHeader header, HeaderBytes bytes) {
    target = bytes;
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
    extras.set(header);
    extras.write(out);
    out.writeEndObject();
    out.flush();
  }

  void goodbye(Object port, long life, HeaderBytes bytes) {
    target = bytes;
    out.writeStartObject();
    out.writeName("terminate_flag");
    out.writeBoolean(true);
    writePort(out, port);
    extras.setLife(life);
    extras.write(out);
    out.writeEndObject();
    out.flush();
  }

  void answer(Answer answer, HeaderBytes bytes) {
    target = bytes;
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
    extras.set(answer);
    extras.write(out);
    out.writeEndObject();
    out.flush();
  }

  /** Gives the generator's own buffers back. */
  @Override
  public void close() {
    out.close();
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

  /** The generator's output, which goes to another target each time. */
  private final class Forwarding extends OutputStream {
    @Override
    public void write(int b) {
      target.write(b);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      target.write(source, offset, length);
    }
  }
}
