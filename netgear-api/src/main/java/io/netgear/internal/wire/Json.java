package io.netgear.internal.wire;

import java.io.OutputStream;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * JSON as Python's {@code json} module writes and reads it, within limits
 * (docs/wire-format.md#limits).
 *
 * <p>One factory for all threads: it keeps the key names that it has met and lends scratch buffers,
 * so that a header costs little garbage.
 */
final class Json {
  /**
   * Largest header, in bytes, that is written or read. What it can grow to on the heap is some 30
   * times that.
   */
  static final int MAX_BYTES = 1 << 20;

  /** Deepest nesting of lists and objects, the header's own object included. */
  static final int MAX_DEPTH = 100;

  /**
   * Most characters of a number: turning digits into a number takes time that grows faster than
   * their count.
   */
  static final int MAX_NUMBER_CHARS = 1_000;

  /** Most characters of a key. */
  static final int MAX_NAME_CHARS = 10_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .characterEscapes(new PythonEscapes())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MAX_BYTES)
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxStringLength(MAX_BYTES)
                  .maxNameLength(MAX_NAME_CHARS)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private static final ObjectWriteContext SPACED =
      new ObjectWriteContext.Base() {
        private final PrettyPrinter spacing = new PythonSpacing();

        @Override
        public PrettyPrinter getPrettyPrinter() {
          return spacing;
        }

        @Override
        public boolean hasPrettyPrinter() {
          return true;
        }
      };

  private Json() {}

  /** Writes one value after the other to {@code out}, with nothing between them. */
  static JsonGenerator generator(OutputStream out) {
    return FACTORY.createGenerator(SPACED, out, JsonEncoding.UTF8);
  }

  /** Reads {@code length} bytes of UTF-8. */
  static JsonParser parser(byte[] utf8, int offset, int length) {
    return FACTORY.createParser(ObjectReadContext.empty(), utf8, offset, length);
  }

  /** Reads one object after the other, out of what its {@link ByteArrayFeeder} is fed. */
  static JsonParser parserOfMany() {
    return new FedParser(FACTORY.createNonBlockingByteArrayParser(ObjectReadContext.empty()));
  }

  /** The usual escapes, and DEL, which Python counts among what is not ASCII. */
  private static final class PythonEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int DEL = 0x7f;
    private static final SerializableString DEL_ESCAPE = new SerializedString("\\u007f");

    private final int[] codes = standardAsciiEscapesForJSON();

    PythonEscapes() {
      codes[DEL] = ESCAPE_CUSTOM;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
      return c == DEL ? DEL_ESCAPE : null;
    }
  }
}
