package io.netgear.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.ElementType;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.Answer;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.Message;
import io.netgear.spi.PooledBuffer;
import io.netgear.spi.WireFormat.AnswerStyle;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever one end writes, the other reads as it was. */
class RoundTripTest {
  private static final long MAX_MICROS = Extras.MAX_MICROS;

  @Property(tries = 500)
  void shouldBringMessageBackAsItWas(@ForAll("values") Object value) {
    assertThat(sentAndRead(Wire.header(Wire.JPEG, value)).message()).isEqualTo(value);
  }

  @Property(tries = 300)
  void shouldBringTextBackCharacterByCharacter(@ForAll String text) {
    assertThat(sentAndRead(Wire.header(Wire.JPEG, text)).message()).isEqualTo(text);
  }

  @Property(tries = 1000)
  void shouldBringFloatsBackBitByBit(@ForAll("floats") double value) {
    assertThat(sentAndRead(Wire.header(Wire.JPEG, value)).message()).isEqualTo(value);
  }

  @Property(tries = 300)
  void shouldBringHeaderBackAsItWas(@ForAll("headers") FrameHeader header) {
    assertThat(sentAndRead(header)).isEqualTo(header);
  }

  @Property(tries = 200)
  void shouldBringAnswerBackAsItWas(
      @ForAll("values") Object data, @ForAll("ports") Object port, @ForAll("times") long micros) {
    Answer answer = new Answer(data, null, null, port, micros, micros, -1);

    Message message = Wire.FORMAT.answer(answer, AnswerStyle.DATA);

    assertThat(Wire.FORMAT.parseAnswer(message, AnswerStyle.DATA)).isEqualTo(answer);
  }

  @Property(tries = 200)
  void shouldBringReturnedFrameBackAsItWas(@ForAll("encodings") Encoding encoding) {
    PooledBuffer payload = payloadOf(encoding);
    Answer answer = new Answer(null, encoding, payload, null, 1, 2, 3);

    Message message = Wire.FORMAT.answer(answer, AnswerStyle.DATA);

    assertThat(Wire.FORMAT.parseAnswer(message, AnswerStyle.DATA)).isEqualTo(answer);
  }

  @Property(tries = 200)
  void shouldBringAcknowledgementBackAsItWas(
      @ForAll("times") long sequence,
      @ForAll("times") long received,
      @ForAll("times") long answered) {
    Answer answer = Answer.acknowledgement(sequence, received, answered);

    Message message = Wire.FORMAT.answer(answer, AnswerStyle.PLAIN);

    assertThat(Wire.FORMAT.parseAnswer(message, AnswerStyle.PLAIN)).isEqualTo(answer);
  }

  private static FrameHeader sentAndRead(FrameHeader header) {
    return Wire.frame(Wire.FORMAT.frame(header, payloadOf(header.encoding()))).header();
  }

  private static PooledBuffer payloadOf(Encoding encoding) {
    return Wire.payload(encoding.isRaw() ? encoding.array().packedSize() : 1);
  }

  @Provide
  Arbitrary<Object> values() {
    return JsonValues.values();
  }

  @Provide
  Arbitrary<Double> floats() {
    return JsonValues.floats();
  }

  @Provide
  Arbitrary<Object> ports() {
    return Arbitraries.of("5555", "a", "", 0, 1, 65_535).map(Object.class::cast).injectNull(0.2);
  }

  @Provide
  Arbitrary<Long> times() {
    return Arbitraries.longs().between(-1, MAX_MICROS);
  }

  @Provide
  Arbitrary<Encoding> encodings() {
    Arbitrary<PixelFormat> colours = Arbitraries.of(PixelFormat.class);
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    Arbitrary<Encoding> jpeg = Combinators.combine(colours, flags, flags).as(Encoding::jpeg);
    Arbitrary<FrameFormat> arrays =
        Combinators.combine(
                Arbitraries.of(ElementType.class),
                Arbitraries.integers().between(1, 9).array(int[].class).ofMinSize(1).ofMaxSize(4))
            .as(FrameFormat::array);
    Arbitrary<Integer> sides = Arbitraries.integers().between(1, 40);
    Arbitrary<FrameFormat> pictures =
        Combinators.combine(sides, sides, colours).as(FrameFormat::of);
    Arbitrary<Encoding> raw = Arbitraries.oneOf(List.of(arrays, pictures)).map(Encoding::raw);
    Arbitrary<Encoding> other =
        Combinators.combine(
                Arbitraries.of("webp", "x"),
                colours.injectNull(0.3),
                Arbitraries.oneOf(List.of(arrays, pictures)).injectNull(0.3),
                flags,
                flags)
            .as(Encoding::new);
    return Arbitraries.oneOf(List.of(jpeg, raw, other));
  }

  @Provide
  Arbitrary<FrameHeader> headers() {
    Arbitrary<Long> offsets =
        Arbitraries.longs()
            .between(-MAX_MICROS, MAX_MICROS)
            .injectNull(0.2)
            .map(o -> o == null ? FrameHeader.UNKNOWN_OFFSET : o);
    return Combinators.combine(
            encodings(),
            JsonValues.values(),
            Arbitraries.of("0", "1", "2", "push-pull"),
            ports(),
            Arbitraries.longs().between(-1, Extras.MAX_SEQUENCE),
            times(),
            Arbitraries.strings().ofMaxLength(255),
            offsets)
        .as(FrameHeader::new);
  }

  /** What JSON can say, as it is read. */
  private static final class JsonValues {
    private JsonValues() {}

    static Arbitrary<Double> floats() {
      return Arbitraries.oneOf(
          Arbitraries.longs().map(Double::longBitsToDouble),
          Arbitraries.doubles(),
          Arbitraries.longs().between(1, 500).map(Double::longBitsToDouble),
          Arbitraries.integers().between(-330, 310).map(e -> Double.parseDouble("1e" + e)));
    }

    static Arbitrary<Object> values() {
      Arbitrary<Object> scalars =
          Arbitraries.oneOf(
              Arbitraries.just(null),
              Arbitraries.of(true, false).map(Object.class::cast),
              Arbitraries.longs().map(Object.class::cast),
              floats().map(Object.class::cast),
              Arbitraries.strings().ofMaxLength(20).map(Object.class::cast),
              Arbitraries.bigIntegers()
                  .between(BigInteger.TWO.pow(63), BigInteger.TEN.pow(300))
                  .map(Object.class::cast));
      return Arbitraries.recursive(() -> scalars, JsonValues::nested, 0, 3);
    }

    private static Arbitrary<Object> nested(Arbitrary<Object> inner) {
      Arbitrary<String> keys = Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(8);
      return Arbitraries.oneOf(
          inner.list().ofMaxSize(4).map(Object.class::cast),
          Arbitraries.maps(keys, inner).ofMaxSize(4).map(Object.class::cast));
    }

    private static char[] surrogates() {
      char[] all = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
      for (int i = 0; i < all.length; i++) {
        all[i] = (char) (Character.MIN_SURROGATE + i);
      }
      return all;
    }
  }
}
