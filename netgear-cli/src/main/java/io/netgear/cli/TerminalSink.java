package io.netgear.cli;

import io.netgear.FrameReceiver;
import io.netgear.ReceivedFrame;
import io.netgear.video.javacv.TerminalViewer;
import java.util.concurrent.TimeUnit;

/** Shows frames in the terminal, with the rates below them. */
final class TerminalSink implements FrameSink {
  private static final double PICTURES_PER_SECOND = 15;
  private static final long CAPTION_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final TerminalViewer viewer;
  private final Rates rates;
  private String caption;
  private long captionNanos;

  private TerminalSink(TerminalViewer viewer, Rates rates) {
    this.viewer = viewer;
    this.rates = rates;
  }

  static TerminalSink open(FrameReceiver receiver) {
    return new TerminalSink(TerminalViewer.open(PICTURES_PER_SECOND), new Rates(receiver::stats));
  }

  @Override
  public void take(ReceivedFrame frame) {
    long now = System.nanoTime();
    if (caption == null || now - captionNanos > CAPTION_NANOS) {
      caption = rates.line();
      captionNanos = now;
    }
    viewer.show(frame.frame(), caption);
  }

  @Override
  public void close() {
    viewer.close();
  }
}
