package io.netgear.it.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.ElementType;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.ReceivedFrame;
import io.netgear.Subsampling;
import io.netgear.codec.turbojpeg.TurboJpegCodec;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent is what arrives, over every transport and pattern. */
@Timeout(120)
class FramesArriveTest {
  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#all")
  void shouldCarryRawFramesBitForBit(String transport, String pattern) throws Exception {
    Frame frame = Stream.noise(FrameFormat.of(641, 479, PixelFormat.BGR), 1);
    try (Stream stream = Stream.open(transport, pattern, s -> s.uncompressed(), r -> {});
        ReceivedFrame received = stream.exchange(frame, null)) {
      assertThat(received.frame().format()).isEqualTo(frame.format());
      assertThat(Stream.bytes(received.frame())).isEqualTo(Stream.bytes(frame));
      assertThat(received.encoding()).isEqualTo("raw");
    }
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void shouldCarryArraysOfEveryTypeAndShape(ElementType type) throws Exception {
    try (Stream stream = Stream.open("zmq", "pair", s -> s.uncompressed(), r -> {})) {
      for (int[] shape : new int[][] {{7}, {5, 9}, {5, 9, 2}, {2, 3, 5, 7}}) {
        Frame frame = Stream.noise(FrameFormat.array(type, shape), shape.length);
        try (ReceivedFrame received = stream.exchange(frame, null)) {
          FrameFormat format = received.frame().format();
          assertThat(format.elementType()).isEqualTo(type);
          assertThat(format.dimensions()).isEqualTo(shape.length);
          for (int i = 0; i < shape.length; i++) {
            assertThat(format.dimension(i)).isEqualTo(shape[i]);
          }
          assertThat(Stream.bytes(received.frame())).isEqualTo(Stream.bytes(frame));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#all")
  void shouldCarryJpegAsTheCodecAloneWouldGiveIt(String transport, String pattern)
      throws Exception {
    Frame frame = Stream.gradient(FrameFormat.of(333, 222, PixelFormat.BGR));
    try (Stream stream = Stream.open(transport, pattern);
        ReceivedFrame received = stream.exchange(frame, null)) {
      assertThat(received.encoding()).isEqualTo("jpeg");
      assertThat(Stream.bytes(received.frame())).isEqualTo(throughCodec(frame, Jpeg.defaults()));
    }
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void shouldCarryEveryColourSpaceInEverySampling(PixelFormat colorSpace) throws Exception {
    Frame frame = Stream.gradient(FrameFormat.of(97, 61, colorSpace).withStride(97 * 4 + 8));
    try (Stream stream = Stream.open("zmq", "request-reply")) {
      for (Subsampling subsampling : Subsampling.values()) {
        if (subsampling == Subsampling.GRAY && colorSpace == PixelFormat.CMYK) {
          continue;
        }
        for (boolean fast : new boolean[] {false, true}) {
          Jpeg jpeg =
              Jpeg.of(colorSpace)
                  .quality(fast ? 100 : 75)
                  .subsampling(subsampling)
                  .fastDct(fast)
                  .fastUpsample(fast);
          stream.sender.compression(jpeg);
          try (ReceivedFrame received = stream.exchange(frame, null)) {
            assertThat(received.frame().format()).isEqualTo(frame.format().packed());
            assertThat(Stream.bytes(received.frame()))
                .as("%s %s", jpeg, frame)
                .isEqualTo(throughCodec(frame, jpeg));
          }
        }
      }
    }
  }

  private static byte[] throughCodec(Frame frame, Jpeg jpeg) {
    TurboJpegCodec codec = new TurboJpegCodec();
    CodecOptions decoding =
        new CodecOptions(
            Jpeg.defaults().fastDct(false).fastUpsample(false), CodecOptions.DEFAULT_MAX_PIXELS);
    try (FrameEncoder encoder =
            codec.encoder(new CodecOptions(jpeg, CodecOptions.DEFAULT_MAX_PIXELS));
        FrameDecoder decoder = codec.decoder(decoding)) {
      ByteBuffer out = ByteBuffer.allocateDirect(encoder.maxEncodedBytes(frame.format()));
      out.limit(encoder.encode(frame, out));
      Frame decoded = Frame.allocate(frame.format().packed());
      decoder.decode(out, encoder.describe(frame.format()), decoded);
      return Stream.bytes(decoded);
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#all")
  void shouldFollowASenderThatChangesSizeColourAndCompression(String transport, String pattern)
      throws Exception {
    try (Stream stream = Stream.open(transport, pattern)) {
      for (int i = 0; i < 6; i++) {
        PixelFormat colorSpace = PixelFormat.values()[i];
        FrameFormat format = FrameFormat.of(64 + 50 * i, 300 - 40 * i, colorSpace);
        if (i % 3 == 0) {
          stream.sender.uncompressed();
        } else {
          stream.sender.compression(Jpeg.defaults().quality(60 + i));
        }
        try (ReceivedFrame received = stream.exchange(Stream.gradient(format), i)) {
          while (!Long.valueOf(i).equals(received.message())) {
            throw new AssertionError("frame " + received.message() + " instead of " + i);
          }
          assertThat(received.frame().format()).isEqualTo(format);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.netgear.it.stream.Stream#all")
  void shouldCarryAnyMessageWithItsFrame(String transport, String pattern) throws Exception {
    Map<String, Object> nested = new TreeMap<>();
    nested.put("ü \"\\\n\u0001\uD83D\uDE00", List.of(1, -2.5, true, Map.of()));
    nested.put("nothing", null);
    List<Object> messages =
        Arrays.asList(
            "Hello",
            "",
            0,
            1.5,
            false,
            true,
            List.of(),
            Map.of(),
            nested,
            new int[] {1, 2},
            Collections.singletonList(null),
            new BigInteger("123456789012345678901234567890"));
    List<Object> expected =
        Arrays.asList(
            "Hello",
            "",
            0L,
            1.5,
            false,
            true,
            List.of(),
            Map.of(),
            expectedNested(),
            List.of(1L, 2L),
            Collections.singletonList(null),
            new BigInteger("123456789012345678901234567890"));
    Frame frame = Stream.gradient(FrameFormat.of(16, 16, PixelFormat.GRAY));
    try (Stream stream = Stream.open(transport, pattern)) {
      for (int i = 0; i < messages.size(); i++) {
        try (ReceivedFrame received = stream.exchange(frame, messages.get(i))) {
          assertThat(received.message()).isEqualTo(expected.get(i));
        }
      }
    }
  }

  private static Map<String, Object> expectedNested() {
    Map<String, Object> nested = new TreeMap<>();
    nested.put("ü \"\\\n\u0001\uD83D\uDE00", List.of(1L, -2.5, true, Map.of()));
    nested.put("nothing", null);
    return nested;
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldSayWhoSentAFrameWhenAndAsWhichNumber(String transport) throws Exception {
    Frame frame = Stream.gradient(FrameFormat.of(16, 16, PixelFormat.GRAY));
    try (Stream stream =
        Stream.open(
            transport, "request-reply", s -> s.name("north camera"), r -> r.keepEncoded())) {
      for (int i = 0; i < 3; i++) {
        try (ReceivedFrame received = stream.exchange(frame, null)) {
          assertThat(received.sequence()).isEqualTo(i);
          assertThat(received.peer().id()).isEqualTo("north camera");
          assertThat(received.peer().address()).startsWith("tcp://127.0.0.1:");
          assertThat(received.sentAt().orElseThrow()).isBeforeOrEqualTo(received.receivedAt());
          assertThat(received.age()).isBetween(Duration.ZERO, Stream.LIMIT);
          ByteBuffer encoded = received.encoded().orElseThrow();
          assertThat(encoded.isReadOnly()).isTrue();
          assertThat(encoded.get(0)).isEqualTo((byte) 0xFF);
          assertThat(encoded.get(1)).isEqualTo((byte) 0xD8);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldHandOutEncodedBytesUndecodedWhenAskedTo(String transport) throws Exception {
    Frame frame = Stream.gradient(FrameFormat.of(16, 16, PixelFormat.GRAY));
    try (Stream stream = Stream.open(transport, "pair", s -> {}, r -> r.encodedOnly());
        ReceivedFrame received = stream.exchange(frame, null)) {
      assertThat(received.encoded()).isPresent();
      assertThatThrownBy(received::frame)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("encodedOnly");
    }
  }

  @Test
  void shouldTakeBytesWithoutPixelFormatForWhatOpenCvWould() throws Exception {
    Frame array = Stream.noise(FrameFormat.array(ElementType.UINT8, 20, 30, 3), 5);
    try (Stream stream = Stream.open("zmq", "pair");
        ReceivedFrame received = stream.exchange(array, null)) {
      assertThat(received.frame().format()).isEqualTo(FrameFormat.of(30, 20, PixelFormat.BGR));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldRefuseFramesThatDoNotFitTheSettingsAndGoOn(String transport) throws Exception {
    try (Stream stream =
        Stream.open(transport, "pair", s -> s.compression(Jpeg.of(PixelFormat.GRAY)), r -> {})) {
      assertThatThrownBy(
              () -> stream.sender.send(Frame.allocate(FrameFormat.of(8, 8, PixelFormat.BGR))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("8x8 BGR")
          .hasMessageContaining("GRAY");
      assertThatThrownBy(
              () ->
                  stream.sender.send(Frame.allocate(FrameFormat.array(ElementType.FLOAT32, 8, 8))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("float32[8, 8]")
          .hasMessageContaining("uncompressed()");
      Frame good = Frame.allocate(FrameFormat.of(8, 8, PixelFormat.GRAY));
      assertThatThrownBy(() -> stream.sender.send(good, good))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> stream.sender.send(good, new Object()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Object");

      try (ReceivedFrame received = stream.exchange(good, null)) {
        assertThat(received.sequence()).isZero();
      }
      assertThat(stream.sender.stats().balanced()).isTrue();
    }
  }
}
