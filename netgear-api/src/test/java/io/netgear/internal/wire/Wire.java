package io.netgear.internal.wire;

import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Incoming;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the tests of this package share: a wire format with a known id, and messages as text. */
final class Wire {
  static final PythonWireFormat FORMAT = new PythonWireFormat("70FPJW3G");
  static final Encoding JPEG = Encoding.jpeg(PixelFormat.BGR, true, false);
  static final Encoding RAW = Encoding.raw(FrameFormat.array(io.netgear.ElementType.UINT8, 2, 3));

  private Wire() {}

  /** A header as a Python peer's would be: no number, no times, no name. */
  static FrameHeader header(Encoding encoding, Object message) {
    return new FrameHeader(encoding, message, "1", null, -1, -1, "", FrameHeader.UNKNOWN_OFFSET);
  }

  static PooledBuffer payload(int bytes) {
    return PooledBuffer.unpooled(ByteBuffer.allocateDirect(bytes));
  }

  /** A message of these parts in direct memory, as a transport hands it over. */
  static Message message(String... parts) {
    List<PooledBuffer> buffers = new ArrayList<>();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      buffers.add(PooledBuffer.unpooled(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip()));
    }
    return Message.of(buffers.toArray(new PooledBuffer[0]));
  }

  /** One part as it is on the wire, a character a byte. */
  static String text(Message message, int part) {
    return StandardCharsets.ISO_8859_1.decode(message.part(part).duplicate()).toString();
  }

  /** The first part of a frame. */
  static String text(FrameHeader header) {
    return text(FORMAT.frame(header, payload(6)), 0);
  }

  static Incoming.FrameArrived frame(Message message) {
    return frame(FORMAT, message);
  }

  static Incoming.FrameArrived frame(PythonWireFormat format, Message message) {
    return (Incoming.FrameArrived) format.parse(message);
  }

  /** The application's message in a frame that says it as {@code json}. */
  static Object messageOf(String json) {
    String header =
        "{\"terminate_flag\": false, \"compression\": {\"dct\": true, \"ups\": false, \"colorspace\": \"BGR\"}, \"message\": "
            + json
            + "}";
    return frame(message(header, "jpeg")).header().message();
  }
}
