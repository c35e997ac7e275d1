package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.CodecException;
import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import io.netgear.spi.View;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decoding in bands gives what serial decoding gives: the same pixels, or the same refusal. */
class BandsTest {
  @Provide
  Arbitrary<Cases.Case> cases() {
    return Cases.cases();
  }

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void shouldGiveThePixelsOfSerialDecoding(
      @ForAll("cases") Cases.Case one,
      @ForAll @IntRange(min = 2, max = 16) int strips,
      @ForAll @IntRange(min = 2, max = 4) int threads) {
    byte[] jpeg = one.encodedBy(strips);
    assertThat(one.decodedBy(threads, jpeg)).isEqualTo(one.decodedBy(1, jpeg));
  }

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void shouldSayOfDamagedJpegsWhatSerialDecodingSays(
      @ForAll("cases") Cases.Case one,
      @ForAll @IntRange(min = 2, max = 16) int strips,
      @ForAll long seed) {
    byte[] jpeg = Damage.damage(one.encodedBy(strips), new Random(seed));
    assertThat(outcome(one, 3, jpeg)).isEqualTo(outcome(one, 1, jpeg));
  }

  /** The pixels, or what the exception says. */
  private static Object outcome(Cases.Case one, int threads, byte[] jpeg) {
    try {
      return Arrays.hashCode(one.decodedBy(threads, jpeg));
    } catch (CodecException | IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void shouldFallBackWhereMarkersAreNotAsTheHeadersSay(Damage damage) {
    Frame picture = Pictures.golden(FrameFormat.of(96, 256, PixelFormat.BGR), 0);
    for (Subsampling subsampling : Subsampling.values()) {
      Cases.Case one = new Cases.Case(picture, Jpeg.defaults().subsampling(subsampling), 0);
      for (int strips : new int[] {2, 3, 16}) {
        byte[] jpeg = damage.apply(one.encodedBy(strips));
        assertThat(outcome(one, 4, jpeg)).as("%s %s", one, damage).isEqualTo(outcome(one, 1, jpeg));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Subsampling.class)
  void shouldDecodeInBandsWhereItCan(Subsampling subsampling) {
    Frame picture = Pictures.golden(FrameFormat.of(96, 512, PixelFormat.BGR), 0);
    Cases.Case one = new Cases.Case(picture, Jpeg.defaults().subsampling(subsampling), 0);
    assertThat(decodesInBands(one.encodedBy(2), false)).isTrue();
    assertThat(decodesInBands(one.encodedBy(16), true)).isTrue();
    assertThat(decodesInBands(one.encodedBy(1), false)).as("without markers").isFalse();
  }

  @Test
  void shouldNotDecodeMoreThanItSavesForSmoothUpsampling() {
    Frame picture = Pictures.golden(FrameFormat.of(96, 32, PixelFormat.BGR), 0);
    Cases.Case one = new Cases.Case(picture, Jpeg.defaults().subsampling(Subsampling.S420), 0);
    assertThat(decodesInBands(one.encodedBy(2), false)).as("two intervals").isFalse();
    assertThat(decodesInBands(one.encodedBy(2), true)).as("fast upsampling").isTrue();
  }

  @Test
  void shouldDecodeSeriallyWhileAllCoresAreAtWork() {
    Frame picture = Pictures.golden(FrameFormat.of(96, 512, PixelFormat.BGR), 0);
    byte[] jpeg = new Cases.Case(picture, Jpeg.defaults(), 0).encodedBy(4);
    Crew crew = new Crew(2);
    crew.enter();
    assertThat(decodesInBands(jpeg, false, crew, 96, 512)).isFalse();
    crew.leave();
    assertThat(decodesInBands(jpeg, false, crew, 96, 512)).isTrue();
  }

  private static boolean decodesInBands(byte[] jpeg, boolean fastUpsample) {
    RestartScan scan = new RestartScan();
    int height = scan.read(Pictures.direct(jpeg)) ? scan.height() : 256;
    return decodesInBands(jpeg, fastUpsample, Cases.CREW, 96, height);
  }

  private static boolean decodesInBands(
      byte[] jpeg, boolean fastUpsample, Crew crew, int width, int height) {
    Frame frame = Frame.allocate(FrameFormat.of(width, height, PixelFormat.BGR));
    ByteBuffer in = Pictures.direct(jpeg);
    PictureView view = new PictureView(View.WHOLE);
    view.of(width, height);
    crew.enter();
    try (NativeSession session = NativeSession.forDecoding()) {
      boolean decoded =
          new BandDecoding(crew, view, null)
              .decode(
                  session.acquire(), 4, in, frame, NativeJpeg.flags(true, fastUpsample), 64L << 20);
      session.release();
      return decoded;
    } finally {
      crew.leave();
    }
  }

  /** What a hostile or broken sender may do to a JPEG with restart markers. */
  enum Damage {
    NO_MARKER {
      @Override
      byte[] apply(byte[] jpeg) {
        int at = restart(jpeg, 1);
        return without(jpeg, at, 2);
      }
    },
    WRONG_ORDER {
      @Override
      byte[] apply(byte[] jpeg) {
        jpeg[restart(jpeg, 1) + 1] ^= 1;
        jpeg[restart(jpeg, 2) + 1] ^= 1;
        return jpeg;
      }
    },
    ALL_THE_SAME {
      @Override
      byte[] apply(byte[] jpeg) {
        for (int k = 1; restart(jpeg, k) > 0; k++) {
          jpeg[restart(jpeg, k) + 1] = (byte) 0xD0;
        }
        return jpeg;
      }
    },
    ONE_TOO_MANY {
      @Override
      byte[] apply(byte[] jpeg) {
        int end = jpeg.length - 2;
        return with(jpeg, end, 0xFF, 0xD0 + count(jpeg) % 8);
      }
    },
    INTERVAL_LONGER_THAN_SAID {
      @Override
      byte[] apply(byte[] jpeg) {
        setInterval(jpeg, interval(jpeg) / 2);
        return jpeg;
      }
    },
    INTERVAL_SHORTER_THAN_SAID {
      @Override
      byte[] apply(byte[] jpeg) {
        setInterval(jpeg, interval(jpeg) * 2);
        return jpeg;
      }
    },
    INTERVAL_OF_NO_WHOLE_ROWS {
      @Override
      byte[] apply(byte[] jpeg) {
        setInterval(jpeg, interval(jpeg) + 1);
        return jpeg;
      }
    },
    NO_INTERVAL {
      @Override
      byte[] apply(byte[] jpeg) {
        setInterval(jpeg, 0);
        return jpeg;
      }
    },
    INTERVAL_TWICE {
      @Override
      byte[] apply(byte[] jpeg) {
        return with(jpeg, segment(jpeg, 0xDD), 0xFF, 0xDD, 0, 4, 0, 1);
      }
    },
    STRAY_BYTE_BEFORE_A_MARKER {
      @Override
      byte[] apply(byte[] jpeg) {
        return with(jpeg, restart(jpeg, 1), 0x55);
      }
    },
    STRAY_BYTES_BEFORE_A_MARKER {
      @Override
      byte[] apply(byte[] jpeg) {
        return with(jpeg, restart(jpeg, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
      }
    },
    FILL_BYTES_BEFORE_A_MARKER {
      @Override
      byte[] apply(byte[] jpeg) {
        return with(jpeg, restart(jpeg, 1), 0xFF, 0xFF);
      }
    },
    STUFFING_BEFORE_A_MARKER {
      @Override
      byte[] apply(byte[] jpeg) {
        return with(jpeg, restart(jpeg, 1), 0xFF, 0);
      }
    },
    DATA_MISSING_BEFORE_A_MARKER {
      @Override
      byte[] apply(byte[] jpeg) {
        return without(jpeg, restart(jpeg, 1) - 3, 3);
      }
    },
    EMPTY_INTERVAL {
      @Override
      byte[] apply(byte[] jpeg) {
        int from = restart(jpeg, 1) + 2;
        return without(jpeg, from, restart(jpeg, 2) - from);
      }
    },
    INTERVALS_EXCHANGED {
      @Override
      byte[] apply(byte[] jpeg) {
        int first = restart(jpeg, 1) + 2;
        int second = restart(jpeg, 2) + 2;
        int end = restart(jpeg, 3) > 0 ? restart(jpeg, 3) : jpeg.length - 2;
        byte[] one = Arrays.copyOfRange(jpeg, first, second - 2);
        byte[] other = Arrays.copyOfRange(jpeg, second, end);
        System.arraycopy(other, 0, jpeg, first, other.length);
        jpeg[first + other.length] = (byte) 0xFF;
        jpeg[first + other.length + 1] = (byte) 0xD1;
        System.arraycopy(one, 0, jpeg, first + other.length + 2, one.length);
        return jpeg;
      }
    },
    ANOTHER_MARKER_IN_THE_SCAN {
      @Override
      byte[] apply(byte[] jpeg) {
        return with(jpeg, restart(jpeg, 2), 0xFF, 0xFE, 0, 2);
      }
    },
    TABLES_IN_THE_SCAN {
      @Override
      byte[] apply(byte[] jpeg) {
        int at = segment(jpeg, 0xC4);
        int[] table = new int[2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF))];
        for (int i = 0; i < table.length; i++) {
          table[i] = jpeg[at + i] & 0xFF;
        }
        return with(jpeg, restart(jpeg, 1), table);
      }
    },
    NO_END {
      @Override
      byte[] apply(byte[] jpeg) {
        return without(jpeg, jpeg.length - 2, 2);
      }
    },
    STRAY_BYTES_BEFORE_THE_END {
      @Override
      byte[] apply(byte[] jpeg) {
        return with(jpeg, jpeg.length - 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
      }
    },
    MORE_BEHIND_THE_END {
      @Override
      byte[] apply(byte[] jpeg) {
        return with(jpeg, jpeg.length, 0xFF, 0xD0, 1, 2, 3);
      }
    },
    TALLER_THAN_ITS_DATA {
      @Override
      byte[] apply(byte[] jpeg) {
        int at = segment(jpeg, 0xC0) + 5;
        jpeg[at] = 1;
        jpeg[at + 1] = 2;
        return jpeg;
      }
    },
    LONG_HEADERS {
      @Override
      byte[] apply(byte[] jpeg) {
        int[] comment = new int[5002];
        comment[0] = 0xFF;
        comment[1] = 0xFE;
        comment[2] = 5000 >> 8;
        comment[3] = 5000 & 0xFF;
        return with(jpeg, 2, comment);
      }
    };

    /** Changes a JPEG of at least three intervals; may do so in place. */
    abstract byte[] apply(byte[] jpeg);

    /** One to three flipped bits, or bytes that are gone, doubled or overwritten. */
    static byte[] damage(byte[] jpeg, Random random) {
      byte[] damaged = jpeg.clone();
      int at = 2 + random.nextInt(jpeg.length - 2);
      switch (random.nextInt(5)) {
        case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> {
          damaged[at] ^= (byte) (1 << random.nextInt(8));
          damaged[2 + random.nextInt(jpeg.length - 2)] = (byte) random.nextInt();
        }
        case 2 -> damaged = without(jpeg, at, Math.min(jpeg.length - at, 1 + random.nextInt(9)));
        case 3 -> damaged = with(jpeg, at, random.nextInt(256));
        default -> {
          int restarts = count(jpeg);
          int marker = restarts == 0 ? at : restart(jpeg, 1 + random.nextInt(restarts));
          int bytes = 1 + random.nextInt(9);
          damaged =
              random.nextBoolean()
                  ? without(jpeg, Math.max(2, marker - bytes), bytes)
                  : with(jpeg, marker, random.ints(bytes, 0, 256).toArray());
        }
      }
      return damaged;
    }

    /** Where the k-th restart marker is; -1 when there are fewer. */
    static int restart(byte[] jpeg, int k) {
      int found = 0;
      for (int at = segment(jpeg, 0xDA) + 2; at < jpeg.length - 1; at++) {
        boolean restart = (jpeg[at] & 0xFF) == 0xFF && (jpeg[at + 1] & 0xF8) == 0xD0;
        if (restart && ++found == k) {
          return at;
        }
      }
      return -1;
    }

    static int count(byte[] jpeg) {
      int count = 0;
      while (restart(jpeg, count + 1) > 0) {
        count++;
      }
      return count;
    }

    static int segment(byte[] jpeg, int code) {
      int at = 2;
      while ((jpeg[at + 1] & 0xFF) != code) {
        at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
      }
      return at;
    }

    static int interval(byte[] jpeg) {
      return ByteBuffer.wrap(jpeg).getShort(segment(jpeg, 0xDD) + 4) & 0xFFFF;
    }

    static void setInterval(byte[] jpeg, int interval) {
      ByteBuffer.wrap(jpeg).putShort(segment(jpeg, 0xDD) + 4, (short) interval);
    }

    static byte[] with(byte[] jpeg, int at, int... bytes) {
      byte[] longer = Arrays.copyOf(jpeg, jpeg.length + bytes.length);
      System.arraycopy(jpeg, at, longer, at + bytes.length, jpeg.length - at);
      for (int i = 0; i < bytes.length; i++) {
        longer[at + i] = (byte) bytes[i];
      }
      return longer;
    }

    static byte[] without(byte[] jpeg, int at, int count) {
      byte[] shorter = Arrays.copyOf(jpeg, jpeg.length - count);
      System.arraycopy(jpeg, at + count, shorter, at, jpeg.length - at - count);
      return shorter;
    }
  }
}
