package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.spi.PooledBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames are found in a stream however it is cut, and judged by their headers. */
class FrameReaderTest {
  private static final int LIMIT = 100_000;

  private final RecordingSink sink = new RecordingSink();
  private final FrameReader reader = new FrameReader(sink);

  /** Keeps what comes, refuses what is too long, and stops where it is told to. */
  private static final class RecordingSink implements FrameReader.Sink {
    final List<String> events = new ArrayList<>();
    final List<PooledBuffer> reserved = new ArrayList<>();
    boolean room = true;
    boolean direct;

    @Override
    public boolean hasRoom() {
      return room;
    }

    @Override
    public ByteBuffer begin(boolean more, long length) throws Breach {
      if (length > LIMIT) {
        throw new Breach("too long: " + length);
      }
      ByteBuffer memory =
          direct ? ByteBuffer.allocateDirect((int) length) : ByteBuffer.allocate((int) length);
      reserved.add(PooledBuffer.unpooled(memory));
      return memory;
    }

    @Override
    public void end(boolean more) {
      ByteBuffer bytes = reserved.get(reserved.size() - 1).bytes().duplicate();
      events.add(StandardCharsets.ISO_8859_1.decode(bytes) + (more ? "+" : ""));
    }

    @Override
    public void command(Command command) {
      events.add("/" + command.name() + command.data().length);
    }
  }

  private static ByteBuf bytes(int... values) {
    ByteBuf buffer = Unpooled.buffer();
    for (int value : values) {
      buffer.writeByte(value);
    }
    return buffer;
  }

  private static ByteBuf longHeader(int flags, long length) {
    return Unpooled.buffer().writeByte(flags | 2).writeLong(length);
  }

  @Test
  void shouldFindFramesHoweverTheStreamIsCut() throws Breach {
    String large = "x".repeat(300);
    ByteBuf stream = bytes(1, 2, 'a', 'b', 0, 0, 4, 5, 4, 'P', 'I', 'N', 'G', 0, 1, 'c');
    stream.writeBytes(longHeader(0, 300)).writeCharSequence(large, StandardCharsets.US_ASCII);
    stream.writeBytes(longHeader(0, 1)).writeByte('d');
    for (int step : new int[] {1, 2, 3, 7, 100, 1_000}) {
      sink.events.clear();
      ByteBuf copy = stream.copy();
      while (copy.isReadable()) {
        reader.read(copy.readSlice(Math.min(step, copy.readableBytes())));
      }
      assertThat(sink.events)
          .as("in steps of %d", step)
          .containsExactly("ab+", "", "/PING0", "c", large, "d");
      assertThat(reader.isWithin()).isFalse();
    }
  }

  @Test
  void shouldReserveNothingForLengthsThatAreRefused() {
    for (long length : new long[] {LIMIT + 1, 1L << 32, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> new FrameReader(sink).read(longHeader(0, length)))
          .isInstanceOf(Breach.class)
          .hasMessageContaining(Long.toString(length));
    }
    for (long length : new long[] {-1, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> new FrameReader(sink).read(longHeader(0, length)))
          .isInstanceOf(Breach.class)
          .hasMessageContaining("2^63");
    }
    for (long length : new long[] {Command.MOST_BYTES + 1, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> new FrameReader(sink).read(longHeader(4, length)))
          .isInstanceOf(Breach.class)
          .hasMessageContaining("command of " + length);
    }
    assertThat(sink.reserved).isEmpty();
  }

  @Test
  void shouldRefuseFlagsThatCannotStandThere() throws Breach {
    for (int flags : new int[] {8, 0x80, 0xFF, 5}) {
      assertThatThrownBy(() -> new FrameReader(sink).read(bytes(flags, 0)))
          .isInstanceOf(Breach.class)
          .hasMessageContaining("flags " + flags);
    }
    reader.read(bytes(1, 1, 'a'));
    assertThatThrownBy(() -> reader.read(bytes(5, 5, 4, 'P', 'I', 'N', 'G')))
        .isInstanceOf(Breach.class)
        .hasMessageContaining("flags 5");
  }

  @Test
  void shouldFindCommandsBetweenTheFramesOfAMessage() throws Breach {
    reader.read(bytes(1, 1, 'a', 4, 5, 4, 'P', 'I', 'N', 'G', 0, 1, 'b', 4, 2, 1, 'X'));
    assertThat(sink.events).containsExactly("a+", "/PING0", "b", "/X0");
  }

  /** They cost their sender little, and so must not keep a message alive that does not get on. */
  @Test
  void shouldNotTakeCommandsForTheMessageThatTheyStandIn() throws Breach {
    reader.read(bytes(1, 1, 'a'));
    long bytes = reader.bytes();
    reader.read(bytes(4, 5, 4, 'P', 'I', 'N', 'G', 4, 5, 4, 'P', 'I', 'N', 'G'));
    assertThat(reader.isWithin()).isTrue();
    assertThat(reader.bytes()).isEqualTo(bytes);
    assertThat(reader.messages()).isZero();
    reader.read(bytes(0, 1, 'b', 4, 2, 1, 'X'));
    assertThat(reader.isWithin()).isFalse();
    assertThat(reader.messages()).isEqualTo(2);
  }

  @Test
  void shouldRefuseCommandsWithoutName() {
    for (ByteBuf nameless : List.of(bytes(4, 0), bytes(4, 1, 0), bytes(4, 2, 5, 'R'))) {
      assertThatThrownBy(() -> new FrameReader(sink).read(nameless))
          .isInstanceOf(Breach.class)
          .hasMessageContaining("without a name");
    }
  }

  @Test
  void shouldStopBeforeMessageForWhichThereIsNoRoom() throws Breach {
    ByteBuf stream = bytes(1, 1, 'a', 0, 1, 'b', 4, 5, 4, 'P', 'I', 'N', 'G', 0, 1, 'c');
    sink.room = false;
    reader.read(stream);
    assertThat(sink.events).isEmpty();
    sink.room = true;
    ByteBuf first = stream.readSlice(3);
    reader.read(first);
    sink.room = false;
    reader.read(stream);
    assertThat(sink.events)
        .as("what began is read to its end")
        .containsExactly("a+", "b", "/PING0");
    assertThat(stream.readableBytes()).isEqualTo(3);
    sink.room = true;
    reader.read(stream);
    assertThat(sink.events).contains("c");
  }

  @Test
  void shouldHaveLargeBodiesReadWhereTheyBelong() throws Breach {
    sink.direct = true;
    reader.read(longHeader(0, 5).writeByte('a').writeByte('b'));
    ByteBuf landing = reader.landing();
    assertThat(landing.writableBytes()).isEqualTo(3);
    assertThat(reader.isWithin()).isTrue();
    landing.writeByte('c');
    reader.landed();
    assertThat(sink.events).isEmpty();
    landing.writeByte('d').writeByte('e');
    reader.landed();
    assertThat(sink.events).containsExactly("abcde");
    assertThat(reader.landing()).isNull();
  }

  @Test
  void shouldNotHaveBodiesOnTheHeapReadInto() throws Breach {
    reader.read(longHeader(0, 5).writeByte('a'));
    assertThat(reader.landing()).isNull();
  }
}
