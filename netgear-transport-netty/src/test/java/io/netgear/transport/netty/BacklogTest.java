package io.netgear.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** What waits of peers that are held back, and of peers that have hung up, within bounds. */
class BacklogTest {
  private static final int LIMIT = 1 << 20;
  private static final int PIECE = 16 << 10;

  private final Backlog.Shared shared = new Backlog.Shared(LIMIT);
  private final Backlog left = new Backlog(shared);

  private static ByteBuf piece() {
    return Unpooled.wrappedBuffer(new byte[PIECE]);
  }

  private void fill() throws Breach {
    for (int i = 0; i < (LIMIT + Backlog.OWN_BYTES) / PIECE; i++) {
      left.add(piece());
    }
  }

  private void assertFull() {
    assertThatThrownBy(() -> left.add(piece()))
        .isInstanceOf(Breach.class)
        .hasMessageContaining("hung up with so much unread");
  }

  @Test
  void shouldHaveRoomForAPeerThatIsHeldBackHoweverMuchOthersLeft() throws Breach {
    fill();
    assertFull();
    Backlog heldBack = new Backlog(shared);
    for (int i = 0; i < Backlog.OWN_BYTES / PIECE; i++) {
      heldBack.add(piece());
    }
    assertThatThrownBy(() -> heldBack.add(piece())).isInstanceOf(Breach.class);
  }

  @Test
  void shouldGiveRoomBackAsItIsRead() throws Breach {
    fill();
    left.removeFirst();
    left.add(piece());
    assertFull();
    while (!left.isEmpty()) {
      assertThat(left.first().readableBytes()).isEqualTo(PIECE);
      left.removeFirst();
    }
    fill();
    assertFull();
    left.clear();
    fill();
    assertFull();
  }

  @Test
  void shouldKeepACopyOfWhatIsLeft() throws Breach {
    ByteBuf in = Unpooled.buffer().writeByte(1).writeByte(2).skipBytes(1);
    left.add(in);
    assertThat(in.isReadable()).isFalse();
    in.setByte(1, 9);
    assertThat(left.first().readByte()).isEqualTo((byte) 2);
  }
}
