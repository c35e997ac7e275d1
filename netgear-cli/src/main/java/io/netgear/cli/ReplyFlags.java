package io.netgear.cli;

import io.netgear.FrameReceiver;
import io.netgear.ReceiverBuilder;
import io.netgear.Reply;
import io.netgear.video.javacv.FrameSource;
import io.netgear.video.javacv.FrameSources;
import io.netgear.video.javacv.SourceOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a receiver gives back with each answer: bidirectional mode. */
final class ReplyFlags {
  @Option(
      names = "--return-source",
      paramLabel = "FILE|URL|CAMERA|test[:WxH]",
      description =
          "Return a frame of this source for each frame, again from its start at the end.")
  String source;

  @Option(
      names = "--return-message",
      paramLabel = "JSON",
      description = "Return this JSON value for each frame.")
  String message;

  @Option(
      names = "--bidirectional",
      description = "Answer in bidirectional mode, also with nothing to return.")
  boolean bidirectional;

  void apply(ReceiverBuilder builder) {
    if (source != null && message != null) {
      throw new IllegalArgumentException(
          "--return-source and --return-message exclude each other: an answer carries a frame or data.");
    }
    Assignments.to(builder).set("bidirectional_mode", wanted());
  }

  /** Whether answers may carry something, which both ends must agree on. */
  boolean wanted() {
    return bidirectional || source != null || message != null;
  }

  /** Says it all again, on another command line. */
  void addTo(List<String> flags) {
    DemoCommand.add(flags, "--return-source", source);
    DemoCommand.add(flags, "--return-message", message);
    if (bidirectional) {
      flags.add("--bidirectional");
    }
  }

  /** Makes {@code receiver} reply from now on. */
  Replies open(FrameReceiver receiver, CompressionFlags compression) {
    if (message != null) {
      Reply reply = Reply.data(Json.readArgument("--return-message", message));
      return Replies.with(receiver, () -> reply, () -> {});
    }
    if (source == null) {
      return Replies.none();
    }
    FrameSource frames =
        SourceFlags.naming(
            "--return-source " + source, () -> FrameSources.open(source, options(compression)));
    return Replies.with(
        receiver, () -> frames.next().map(Reply::frame).orElse(Reply.none()), frames::close);
  }

  private static SourceOptions options(CompressionFlags compression) {
    // An answer must not wait for its picture's time: the frame that it answers sets the pace.
    SourceOptions options = SourceOptions.defaults().loop(true).framesPerSecond(0);
    Optional<String> conversion = compression.conversion();
    if (conversion.isPresent()) {
      return options.colorSpace(conversion.get());
    }
    return compression.pixelFormat(null).map(options::pixelFormat).orElse(options);
  }
}
