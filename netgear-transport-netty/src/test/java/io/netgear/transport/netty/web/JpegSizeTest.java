package io.netgear.transport.netty.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegSizeTest {
  private static JpegSize of(String hex) {
    return JpegSize.of(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }

  @Test
  void shouldReadTheFrameHeaderBehindOtherSegments() {
    assertThat(of("ffd8 ffe0 0004 abcd ffdb 0003 01 ffc0 000b 08 0438 0780 01 01 11 00"))
        .isEqualTo(new JpegSize(1920, 1080));
    assertThat(of("ffd8 ffff ffc2 000b 08 0001 0002 01 01 11 00"))
        .as("progressive, with filler")
        .isEqualTo(new JpegSize(2, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ff",
        "ffd8",
        "ffd8 ff",
        "ffd8 ffc0",
        "ffd8 ffc0 000b 08 0438 07",
        "ffd8 ffc0 000b 08 0000 0780 01",
        "ffd8 ffe0 ffff 00 ffc0 000b 08 0438 0780",
        "ffd8 ffe0 0000",
        "ffd8 ffda 0004 0000 ffc0 000b 08 0438 0780 01",
        "ffd8 0000 0000 0000",
        "8950 4e47 0d0a 1a0a",
      })
  void shouldFindNoneInWhatIsNoJpeg(String hex) {
    assertThat(of(hex)).isNull();
  }

  @Test
  void shouldStayWithinWhateverBytesThereAre() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[2 + random.nextInt(60)];
      random.nextBytes(bytes);
      bytes[0] = (byte) 0xFF;
      bytes[1] = (byte) 0xD8;
      for (int at = 2; at < bytes.length; at += 1 + random.nextInt(6)) {
        bytes[at] = (byte) 0xFF;
      }
      JpegSize size = JpegSize.of(ByteBuffer.wrap(bytes));
      assertThat(size == null || (size.width() > 0 && size.height() > 0)).isTrue();
    }
  }
}
