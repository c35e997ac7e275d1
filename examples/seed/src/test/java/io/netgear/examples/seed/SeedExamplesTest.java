package io.netgear.examples.seed;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.Address;
import io.netgear.FrameReceiver;
import io.netgear.FrameSender;
import io.netgear.PixelFormat;
import io.netgear.ReceiverBuilder;
import io.netgear.SenderBuilder;
import io.netgear.StreamEnd;
import io.netgear.video.javacv.SourceOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each server and its client, with a clip that ends, on a free port and without a display. */
class SeedExamplesTest {
  private static final int FRAMES = 20;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String FREE_PORT = "tcp://127.0.0.1:0";

  private final Album shown = new Album();

  @Test
  void shouldShowTheVideoThatTheBareMinimumServerSends() {
    try (FrameReceiver client = open(BareMinimumClient.client(FREE_PORT));
        FrameSender server = open(BareMinimumServer.server(address(client).toString()));
        Clip clip = Clip.open(SourceOptions.defaults(), 0, FRAMES)) {
      CompletableFuture<Void> sending =
          meanwhile(server, () -> BareMinimumServer.send(clip, server));
      BareMinimumClient.receive(client, shown);
      requireOrderlyEnd(sending, server, client);
    }
    requireClip(SourceOptions.defaults());
  }

  @Test
  void shouldShowGrayFramesAsGray() {
    SourceOptions grayscale = VariableColorspaceServer.grayscale();
    try (FrameReceiver client = open(VariableColorspaceClient.client(FREE_PORT));
        FrameSender server = open(VariableColorspaceServer.server(address(client).toString()));
        Clip clip = Clip.open(grayscale, 0, FRAMES)) {
      CompletableFuture<Void> sending =
          meanwhile(server, () -> VariableColorspaceServer.send(clip, server));
      VariableColorspaceClient.receive(client, shown);
      requireOrderlyEnd(sending, server, client);
    }
    assertThat(shown.frames())
        .allSatisfy(frame -> assertThat(frame.format().pixelFormat()).isEqualTo(PixelFormat.GRAY));
    requireClip(grayscale);
  }

  @Test
  void shouldMeetAtAnAddressAndPortOfTheUsersChoice() {
    try (FrameReceiver client = open(VariableParametersClient.client("127.0.0.1", "0"));
        FrameSender server =
            open(
                VariableParametersServer.server(
                    "127.0.0.1", Integer.toString(address(client).port())));
        Clip clip = Clip.open(SourceOptions.defaults(), 0, FRAMES)) {
      CompletableFuture<Void> sending =
          meanwhile(server, () -> VariableParametersServer.send(clip, server));
      VariableParametersClient.receive(client, shown);
      requireOrderlyEnd(sending, server, client);
    }
    requireClip(SourceOptions.defaults());
  }

  @Test
  void shouldShowEachOthersVideoAtBothEnds() {
    SourceOptions reduced = BidirectionalServer.reduced();
    Album returned = new Album();
    try (FrameReceiver client = open(BidirectionalClient.client(FREE_PORT));
        FrameSender server = open(BidirectionalServer.server(address(client).toString()));
        Clip sent = Clip.open(reduced, 0, FRAMES);
        Clip answering = Clip.open(BidirectionalClient.reduced(), 7, FRAMES)) {
      CompletableFuture<Void> sending =
          meanwhile(server, () -> BidirectionalServer.send(sent, server, returned));
      BidirectionalClient.receive(answering, client, shown);
      sending.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
      assertThat(server.stats().delivered()).isEqualTo(FRAMES);
    }
    assertThat(shown.messages()).isEqualTo(Collections.nCopies(FRAMES, "Hello, I am a Server."));
    requireClip(reduced);
    try (Clip originals = Clip.open(BidirectionalClient.reduced(), 7, FRAMES)) {
      returned.requireFramesOf(originals, 30);
    }
  }

  private static FrameReceiver open(ReceiverBuilder client) {
    return client.idleLimit(LIMIT).open();
  }

  private static FrameSender open(SenderBuilder server) {
    return server.requestTimeout(LIMIT).open();
  }

  private static Address address(FrameReceiver client) {
    return client.addresses().get(0);
  }

  /** The server's part, with its goodbye at the end. */
  private static CompletableFuture<Void> meanwhile(FrameSender server, Runnable sending) {
    return CompletableFuture.runAsync(
        () -> {
          try (server) {
            sending.run();
          }
        });
  }

  private static void requireOrderlyEnd(
      CompletableFuture<Void> sending, FrameSender server, FrameReceiver client) {
    sending.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    assertThat(server.stats().delivered()).isEqualTo(FRAMES);
    assertThat(client.stats().delivered()).isEqualTo(FRAMES);
    assertThat(client.end()).contains(StreamEnd.GOODBYE);
  }

  private void requireClip(SourceOptions options) {
    try (Clip originals = Clip.open(options, 0, FRAMES)) {
      shown.requireFramesOf(originals, 30);
    }
  }
}
