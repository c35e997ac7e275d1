/**
 * Where frames come from and where they are looked at: video files, cameras, streams and a test
 * pattern; viewers, recorders and adapters for other libraries' pictures.
 */
module io.netgear.video.javacv {
  requires transitive io.netgear;
  requires transitive java.desktop;
  requires transitive org.bytedeco.javacv;
  requires transitive org.bytedeco.opencv;
  requires org.bytedeco.ffmpeg;
  requires org.bytedeco.javacpp;

  exports io.netgear.video.javacv;
}
