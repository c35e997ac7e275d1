package io.netgear.cli;

import io.netgear.ReceivedFrame;
import io.netgear.video.javacv.JpegRecorder;
import java.nio.file.Path;
import java.util.Map;

/** Keeps frames in a file or folder. */
record RecorderSink(JpegRecorder recorder) implements FrameSink {
  static RecorderSink open(Path target) {
    return new RecorderSink(JpegRecorder.open(target));
  }

  @Override
  public void take(ReceivedFrame frame) {
    recorder.write(frame);
  }

  @Override
  public void describe(Map<String, Object> summary) {
    summary.put("saved", recorder.frames());
  }

  @Override
  public String sentence() {
    return "Saved " + recorder.frames() + " frames.";
  }

  @Override
  public void close() {
    recorder.close();
  }
}
