package io.netgear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FrameTest {
  @Test
  void shouldKnowItsSizes() {
    FrameFormat format = FrameFormat.of(5, 3, PixelFormat.BGR).withStride(20);

    assertThat(format.rowBytes()).isEqualTo(15);
    assertThat(format.byteSize()).isEqualTo(55);
    assertThat(format.packedSize()).isEqualTo(45);
    assertThat(format.packed()).isEqualTo(FrameFormat.of(5, 3, PixelFormat.BGR));
    assertThat(format.isPacked()).isFalse();
    assertThat(format).hasToString("5x3 BGR");
  }

  @Test
  void shouldBeTwoDimensionalWhenGray() {
    FrameFormat gray = FrameFormat.of(5, 3, PixelFormat.GRAY);

    assertThat(gray.dimensions()).isEqualTo(2);
    assertThat(FrameFormat.array(ElementType.UINT8, 3, 5).asPicture(PixelFormat.GRAY))
        .contains(gray);
  }

  @Test
  void shouldNotSeeAPictureInAnArrayOfAnotherShape() {
    assertThat(FrameFormat.array(ElementType.FLOAT32, 3, 5).asPicture(PixelFormat.GRAY)).isEmpty();
    assertThat(FrameFormat.array(ElementType.UINT8, 3, 5, 4).asPicture(PixelFormat.BGR)).isEmpty();
    assertThat(FrameFormat.array(ElementType.UINT8, 15).asPicture(PixelFormat.GRAY)).isEmpty();
  }

  @Test
  void shouldSayWhichStrideABufferLooksLike() {
    ByteBuffer padded = ByteBuffer.allocateDirect(1080 * 5764);

    assertThatThrownBy(() -> Frame.wrap(FrameFormat.of(1920, 1080, PixelFormat.BGR), padded))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Frame 1920x1080 BGR needs 6220800 bytes, the buffer holds 6225120: rows look padded to"
                + " 5764 bytes - set that stride.");
  }

  @Test
  void shouldRefuseHeapBuffersAndSizesThatDoNotFit() {
    FrameFormat format = FrameFormat.of(2, 2, PixelFormat.GRAY);

    assertThatThrownBy(() -> Frame.wrap(format, ByteBuffer.allocate(4)))
        .hasMessageContaining("direct buffer");
    assertThatThrownBy(() -> Frame.wrap(format, ByteBuffer.allocateDirect(3)))
        .hasMessageContaining("needs 4 bytes, the buffer holds 3");
    assertThatThrownBy(() -> FrameFormat.of(0, 2, PixelFormat.GRAY))
        .hasMessageContaining("width is 1 to 65535 pixels, got 0");
    assertThatThrownBy(() -> FrameFormat.of(65_535, 65_535, PixelFormat.BGR))
        .hasMessageContaining("at most 2 GiB");
    assertThatThrownBy(() -> FrameFormat.array(ElementType.INT16, 3, -1))
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> FrameFormat.array(ElementType.FLOAT64, 65_536, 65_536, 65_536, 65_536))
        .hasMessageContaining("at most 2 GiB");
    assertThatThrownBy(() -> format.withStride(1)).hasMessageContaining("stride of 1 is too short");
  }

  @Test
  void shouldShareTheMemoryThatItWraps() {
    ByteBuffer memory = ByteBuffer.allocateDirect(10).position(2).limit(6);
    Frame frame = Frame.wrap(FrameFormat.of(2, 2, PixelFormat.GRAY), memory);

    memory.put(2, (byte) 42);

    assertThat(frame.pixels().get(0)).isEqualTo((byte) 42);
  }

  @Test
  void shouldLeaveThePaddingOutOfACopy() {
    Frame padded = Frame.allocate(FrameFormat.of(2, 2, PixelFormat.GRAY).withStride(3));
    padded.pixels().put(0, new byte[] {1, 2, 9, 3, 4});

    Frame copy = padded.copy();

    byte[] bytes = new byte[4];
    copy.pixels().get(0, bytes);
    assertThat(bytes).containsExactly(1, 2, 3, 4);
    assertThatThrownBy(() -> copy.fill(Frame.allocate(FrameFormat.of(3, 2, PixelFormat.GRAY))))
        .hasMessageContaining("Cannot copy 3x2 GRAY into a frame of 2x2 GRAY");
  }

  @Test
  void shouldReadAddressesInAllTheirForms() {
    assertThat(Address.parse("tcp://10.0.0.7:5454"))
        .isEqualTo(new Address("tcp", "10.0.0.7", 5454));
    assertThat(Address.parse("*:5454")).isEqualTo(new Address("tcp", "*", 5454));
    assertThat(Address.parse("camera.local")).isEqualTo(new Address("tcp", "camera.local", 5555));
    assertThat(Address.parse("tcp://[::1]:7"))
        .isEqualTo(new Address("tcp", "::1", 7))
        .hasToString("tcp://[::1]:7");
    assertThat(Address.parse("::1")).isEqualTo(new Address("tcp", "::1", 5555));
    assertThatThrownBy(() -> Address.parse("tcp://host:http"))
        .hasMessage(
            "Address 'tcp://host:http' is not of the form tcp://host:port: the port is not a number");
    assertThatThrownBy(() -> Address.parse("tcp://host:70000")).hasMessageContaining("70000");
    assertThatThrownBy(() -> Address.parse("tcp://:5555")).hasMessageContaining("needs a host");
  }
}
