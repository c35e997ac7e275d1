package io.netgear.codec.turbojpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.PixelFormat;
import io.netgear.spi.CodecOptions;
import io.netgear.spi.Encoding;
import io.netgear.spi.FrameDecoder;
import io.netgear.spi.FrameEncoder;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Using a closed or a busy handle fails loudly, closing is quiet, and neither ever reaches freed
 * memory.
 */
class NativeSessionTest {
  private static final FrameFormat FORMAT = FrameFormat.of(64, 48, PixelFormat.BGR);
  private static final Encoding ENCODING = Encoding.jpeg(PixelFormat.BGR, true, false);

  @Test
  void shouldRefuseEveryUseAfterClose() {
    FrameEncoder encoder = new TurboJpegCodec().encoder(CodecOptions.defaults());
    FrameDecoder decoder = new TurboJpegCodec().decoder(CodecOptions.defaults());
    Frame frame = Pictures.smooth(FORMAT);
    ByteBuffer jpeg = Pictures.encode(encoder, frame);
    encoder.close();
    decoder.close();
    assertClosed(() -> encoder.encode(frame, jpeg));
    assertClosed(() -> encoder.maxEncodedBytes(FORMAT));
    assertClosed(() -> encoder.describe(FORMAT));
    assertClosed(() -> decoder.probe(jpeg, ENCODING));
    assertClosed(() -> decoder.decode(jpeg, ENCODING, frame));
  }

  @Test
  void shouldCloseQuietlyAsOftenAsAsked() {
    FrameDecoder decoder = new TurboJpegCodec().decoder(CodecOptions.defaults());
    decoder.close();
    assertThatCode(decoder::close).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseASecondUserWhileTheFirstIsAtWork() {
    try (NativeSession session = NativeSession.forDecoding()) {
      session.acquire();
      assertThatThrownBy(session::acquire)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use by another thread");
      session.release();
      assertThat(session.acquire()).isNotZero();
      session.release();
    }
  }

  @Test
  void shouldFinishTheRunningCallBeforeClosing() {
    NativeSession session = NativeSession.forDecoding();
    long handle = session.acquire();
    session.close();
    assertThat(NativeJpeg.errorOffset(handle)).as("the handle still answers").isEqualTo(-1);
    session.release();
    assertClosed(session::acquire);
  }

  @Test
  void shouldSurviveClosingFromAnotherThreadAtAnyMoment() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 100; round++) {
        closeDuringUse(threads, round);
      }
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void closeDuringUse(ExecutorService threads, int round) throws Exception {
    FrameEncoder encoder = new TurboJpegCodec().encoder(CodecOptions.defaults());
    Frame frame = Pictures.smooth(FORMAT);
    CountDownLatch working = new CountDownLatch(1 + round % 5);
    Future<?> user =
        threads.submit(
            () -> {
              ByteBuffer out = ByteBuffer.allocateDirect(encoder.maxEncodedBytes(FORMAT));
              while (true) {
                assertThat(encoder.encode(frame, out)).isPositive();
                working.countDown();
              }
            });
    working.await();
    threads.submit(encoder::close).get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> user.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  private static void assertClosed(org.assertj.core.api.ThrowableAssert.ThrowingCallable use) {
    assertThatThrownBy(use)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }
}
