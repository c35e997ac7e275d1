package io.netgear.video.javacv;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_d2q;
import static org.bytedeco.ffmpeg.global.avutil.av_inv_q;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;

/**
 * One Motion JPEG file, through FFmpeg's AVI writer: it knows how to grow beyond the first gigabyte
 * (OpenDML) and which players need which index.
 */
final class AviFile implements AutoCloseable {
  private static final int MOST_DENOMINATOR = 100_000;

  private final Path path;
  private final AVFormatContext context;
  private final AVStream stream;
  private final AVRational tick;
  private final AVPacket packet;

  private AviFile(Path path, AVFormatContext context, JpegSize size, double rate) {
    this.path = path;
    this.context = context;
    AVRational frames = av_d2q(rate, MOST_DENOMINATOR);
    tick = av_inv_q(frames);
    stream = avformat_new_stream(context, null);
    stream
        .codecpar()
        .codec_type(AVMEDIA_TYPE_VIDEO)
        .codec_id(AV_CODEC_ID_MJPEG)
        .width(size.width())
        .height(size.height());
    stream.time_base(tick);
    stream.avg_frame_rate(frames);
    context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_FLUSH_PACKETS);
    packet = av_packet_alloc();
  }

  /** FFmpeg must have been loaded. */
  static AviFile create(Path path, JpegSize size, double rate) {
    AVFormatContext context = new AVFormatContext(null);
    check(path, avformat_alloc_output_context2(context, null, "avi", path.toString()));
    AviFile file = new AviFile(path, context, size, rate);
    try {
      AVIOContext output = new AVIOContext(null);
      check(path, avio_open(output, path.toString(), AVIO_FLAG_WRITE));
      context.pb(output);
      check(path, avformat_write_header(context, (AVDictionary) null));
      return file;
    } catch (VideoException e) {
      file.free();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** Appends a picture from direct memory at tick {@code number}, which only grows. */
  void write(ByteBuffer jpeg, long number) {
    try (BytePointer bytes = new BytePointer(jpeg)) {
      packet.data(bytes).size(jpeg.remaining());
      packet.stream_index(0).flags(AV_PKT_FLAG_KEY);
      long time = av_rescale_q(number, tick, stream.time_base());
      packet.pts(time).dts(time).duration(av_rescale_q(1, tick, stream.time_base()));
      check(path, av_write_frame(context, packet));
    } finally {
      packet.data(null).size(0);
    }
  }

  @Override
  public void close() {
    try {
      check(path, av_write_trailer(context));
    } finally {
      free();
    }
  }

  private void free() {
    av_packet_free(packet);
    int closed = context.pb() == null ? 0 : avio_closep(context.pb());
    avformat_free_context(context);
    check(path, closed);
  }

  private static void check(Path path, int result) {
    if (result < 0) {
      throw new VideoException("Cannot write '" + path + "': " + Ffmpeg.reason(result) + ".");
    }
  }
}
