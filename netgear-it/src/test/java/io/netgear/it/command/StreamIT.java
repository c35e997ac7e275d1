package io.netgear.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.Ports;
import io.netgear.it.process.Programs;
import io.netgear.it.process.Receiver;
import io.netgear.it.process.RunningProgram;
import io.netgear.it.process.Summary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test pattern from one process to another, compared frame by frame. */
class StreamIT {
  private static final String SOURCE = "test:320x240@200";
  private static final long FRAMES = 60;

  /**
   * Measured 44.8 dB at quality 90 and 4:2:2 in BGR; the pattern has no hard edges but its number.
   */
  private static final double PSNR_FLOOR = 40;

  @RegisterExtension final Programs programs = new Programs();

  @ParameterizedTest
  @CsvSource({
    "zmq, pair",
    "zmq, request-reply",
    "zmq, push-pull",
    "netty, pair",
    "netty, request-reply",
    "netty, push-pull"
  })
  void shouldDeliverEachRawFrameOnceExactlyAndInOrder(String transport, String pattern) {
    Receiver receiver =
        programs.receiver(
            "--transport", transport, "--pattern", pattern, "--check", "test", "--raw");
    Summary sent = send(receiver, "--transport", transport, "--pattern", pattern, "--raw");
    Summary received = receiver.awaitSummary();

    received.assertEnded("goodbye").assertWholePattern(FRAMES);
    assertThat(received.count("exact")).isEqualTo(FRAMES);
    assertThat(received.count("bytes")).isEqualTo(FRAMES * 320 * 240 * 3);
    assertThat(received.value("colorspace")).isEqualTo("BGR");
    assertAgree(sent, received);
  }

  @ParameterizedTest
  @CsvSource({
    "zmq, zmq, pair",
    "zmq, zmq, request-reply",
    "zmq, zmq, push-pull",
    "netty, netty, pair",
    "zmq, netty, request-reply",
    "netty, zmq, push-pull"
  })
  void shouldDeliverEachCompressedFrameOnceAndInOrder(
      String sending, String receiving, String pattern) {
    Receiver receiver =
        programs.receiver("--transport", receiving, "--pattern", pattern, "--check", "test");
    Summary sent = send(receiver, "--transport", sending, "--pattern", pattern);
    Summary received = receiver.awaitSummary();

    received.assertEnded("goodbye").assertWholePattern(FRAMES);
    assertThat(received.fraction("psnr_min")).isGreaterThan(PSNR_FLOOR);
    assertThat(received.count("bytes")).isLessThan(FRAMES * 320 * 240 * 3 / 4);
    assertAgree(sent, received);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "netty"})
  void shouldPublishToASubscriberThatCameFirst(String transport) {
    Receiver receiver =
        programs.receiver(
            "--transport",
            transport,
            "--pattern",
            "publish-subscribe",
            "--check",
            "test",
            "--frames",
            "20");
    RunningProgram sender =
        programs.sender(
            receiver, "--transport", transport, "--pattern", "2", "--source", "test:320x240@50");
    Summary received = receiver.awaitSummary().assertEnded("limit");
    sender.interrupt();
    Summary sent = sender.awaitSummary().assertEnded("goodbye");

    assertThat(received.count("checked")).isEqualTo(20);
    assertThat(received.count("duplicated") + received.count("out_of_order")).isZero();
    assertThat(received.fraction("psnr_min")).isGreaterThan(PSNR_FLOOR);
    // What a subscriber has no eyes for is dropped, and each drop is in somebody's books.
    assertThat(received.count("missing")).isLessThanOrEqualTo(sent.dropped() + received.dropped());
    assertThat(sent.count("offered")).isGreaterThanOrEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({
    "GRAY, 1", "RGB, 3", "BGRA, 4", "ARGB, 4", "CMYK, 4",
  })
  void shouldKeepTheColourSpaceOfRawFrames(String colourSpace, int bytesPerPixel) {
    Receiver receiver = programs.receiver("--check", "test");
    send(receiver, "--colorspace", colourSpace, "--raw");
    Summary received = receiver.awaitSummary();

    received.assertEnded("goodbye").assertWholePattern(FRAMES);
    assertThat(received.value("colorspace")).isEqualTo(colourSpace);
    assertThat(received.count("bytes")).isEqualTo(FRAMES * 320 * 240 * bytesPerPixel);
    assertThat(received.count("exact")).isEqualTo(FRAMES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GRAY", "RGB", "RGBX", "XBGR", "BGRA", "CMYK"})
  void shouldKeepTheColourSpaceOfCompressedFrames(String colourSpace) {
    Receiver receiver = programs.receiver("--check", "test");
    send(receiver, "--colorspace", colourSpace);
    Summary received = receiver.awaitSummary();

    received.assertEnded("goodbye").assertWholePattern(FRAMES);
    assertThat(received.value("colorspace")).isEqualTo(colourSpace);
    assertThat(received.fraction("psnr_min")).isGreaterThan(PSNR_FLOOR);
  }

  @Test
  void shouldCarryTheMessageWithEachFrame() {
    Receiver receiver = programs.receiver("--check", "test");
    Summary sent = send(receiver, "--message", "{\"camera\": \"north\", \"zoom\": [1, 2.5, null]}");
    Summary received = receiver.awaitSummary().assertWholePattern(FRAMES);

    assertThat(sent.count("messages")).isEqualTo(FRAMES);
    assertThat(received.count("messages")).isEqualTo(FRAMES);
  }

  @Test
  void shouldSendSmallerPicturesWhenToldAPercentage() {
    Receiver receiver = programs.receiver();
    send(receiver, "--resize", "50");
    Summary received = receiver.awaitSummary().assertEnded("goodbye");

    assertThat(List.of(received.value("width"), received.value("height")))
        .containsExactly(160L, 120L);
  }

  @Test
  void shouldReturnAMessageForEachFrame() {
    Receiver receiver = programs.receiver("--check", "test", "--return-message", "{\"pan\": 3}");
    Summary sent = send(receiver, "--bidirectional");
    Summary received = receiver.awaitSummary().assertWholePattern(FRAMES);

    assertThat(sent.count("returned_messages")).isEqualTo(FRAMES);
    assertThat(sent.count("returned_frames")).isZero();
    assertThat(received.count("returned")).isEqualTo(FRAMES);
  }

  @Test
  void shouldReturnAFrameForEachFrame() {
    Receiver receiver =
        programs.receiver(
            "--pattern",
            "1",
            "--check",
            "test",
            "--return-source",
            "test:64x48",
            "--colorspace",
            "GRAY",
            "--quality",
            "70");
    Summary sent = send(receiver, "--pattern", "1", "--bidirectional");
    Summary received = receiver.awaitSummary().assertWholePattern(FRAMES);

    assertThat(sent.count("returned_frames")).isEqualTo(FRAMES);
    assertThat(received.count("returned")).isEqualTo(FRAMES);
  }

  @Test
  void shouldLetTheReceiverConnectAndTheSenderWait() {
    String address = "tcp://127.0.0.1:" + Ports.free();
    RunningProgram sender =
        programs.netgear(
            "send",
            "--bind",
            address,
            "--source",
            SOURCE,
            "--frames",
            "30",
            "--json",
            "--retries",
            "0");
    RunningProgram other =
        programs.netgear("recv", "--connect", address, "--check", "test", "--json");

    sender.awaitSummary().assertEnded("limit");
    other.awaitSummary().assertEnded("goodbye").assertWholePattern(30);
  }

  private Summary send(Receiver receiver, String... args) {
    String[] all = new String[args.length + 4];
    all[0] = "--source";
    all[1] = SOURCE;
    all[2] = "--frames";
    all[3] = Long.toString(FRAMES);
    System.arraycopy(args, 0, all, 4, args.length);
    return programs.sender(receiver, all).awaitSummary();
  }

  private static void assertAgree(Summary sent, Summary received) {
    sent.assertEnded("limit");
    assertThat(sent.count("frames")).isEqualTo(received.count("frames")).isEqualTo(FRAMES);
    assertThat(sent.count("bytes")).isEqualTo(received.count("bytes"));
    assertThat(sent.dropped() + received.dropped()).isZero();
  }
}
