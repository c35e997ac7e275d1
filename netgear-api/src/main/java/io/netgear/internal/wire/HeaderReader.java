package io.netgear.internal.wire;

import io.netgear.WireFormatException;
import java.nio.ByteBuffer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.async.ByteArrayFeeder;

/**
 * Reads headers, one after the other, into one {@link Header}. Belongs to one thread at a time.
 *
 * <p>Headers of the usual size are read by one parser, to which they look like one long document:
 * making a parser for each costs more garbage than the rest of a frame. Whatever that parser does
 * not take from the first byte to the last, it never sees again: a parser of its own reads it anew
 * and has the last word, and the next header begins with a fresh one.
 */
final class HeaderReader {
  /**
   * Largest header that is read on. No number, name or text within it can be too long, and the
   * names that a hostile peer makes up are few before {@link #MOST_BYTES_READ_ON} ends the parser.
   */
  static final int MOST_BYTES_READ_ON_AT_ONCE = 1_000;

  private static final int MOST_BYTES_READ_ON = 256 << 10;

  private final Header header = new Header();
  private final byte[] copy = new byte[MOST_BYTES_READ_ON_AT_ONCE];
  private JsonParser readingOn;
  private int bytesReadOn;

  /**
   * Reads {@code part}, whose position and limit stay.
   *
   * @return valid until {@link #forget} or the next read
   * @throws WireFormatException for anything but one JSON object within the limits, or for a value
   *     of the wrong type
   */
  Header read(ByteBuffer part) {
    int length = part.remaining();
    if (length > Json.MAX_BYTES) {
      throw new WireFormatException(
          "The first part has " + length + " bytes: a header has at most " + Json.MAX_BYTES + ".");
    }
    byte[] bytes;
    int offset = 0;
    if (part.hasArray()) {
      bytes = part.array();
      offset = part.arrayOffset() + part.position();
    } else {
      bytes = length <= copy.length ? copy : new byte[length];
      part.get(part.position(), bytes, 0, length);
    }
    // A parser forgives what comes before its first brace, such as a byte order mark, only once.
    boolean usual =
        length > 0 && length <= MOST_BYTES_READ_ON_AT_ONCE && bytes[offset] == (byte) '{';
    if (!usual || !readOn(bytes, offset, length)) {
      readAlone(bytes, offset, length);
    }
    return header;
  }

  /** Lets go of what the peer sent. */
  void forget() {
    header.clear();
  }

  private boolean readOn(byte[] bytes, int offset, int length) {
    if (readingOn == null || bytesReadOn + length > MOST_BYTES_READ_ON) {
      stopReadingOn();
      readingOn = Json.parserOfMany();
    }
    header.clear();
    boolean whole = false;
    try {
      ByteArrayFeeder feeder = (ByteArrayFeeder) readingOn.nonBlockingInputFeeder();
      feeder.feedInput(bytes, offset, offset + length);
      bytesReadOn += length;
      header.read(readingOn);
      // Not a byte may be left, not even a blank: the next header begins with what is.
      whole = feeder.needMoreInput();
    } catch (JacksonException | WireFormatException e) {
      whole = false;
    } finally {
      if (!whole) {
        stopReadingOn();
      }
    }
    return whole;
  }

  private void stopReadingOn() {
    if (readingOn != null) {
      readingOn.close();
      readingOn = null;
      bytesReadOn = 0;
    }
  }

  private void readAlone(byte[] bytes, int offset, int length) {
    header.clear();
    JsonParser in = Json.parser(bytes, offset, length);
    try (in) {
      header.read(in);
      if (in.nextToken() != null) {
        throw new WireFormatException("The first part goes on behind the end of its JSON object.");
      }
    } catch (JacksonException e) {
      // not kept as the cause: its text quotes the peer as it is, control characters and all
      throw new WireFormatException(
          "The first part is no JSON that could be read (byte "
              + in.currentLocation().getByteOffset()
              + "): "
              + Excerpt.of(e.getOriginalMessage(), 160));
    }
  }
}
