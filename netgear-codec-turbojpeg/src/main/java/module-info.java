/**
 * JPEG through libjpeg-turbo, as the codec named {@code turbojpeg}. It has no API of its own:
 * applications choose it by name.
 *
 * @provides io.netgear.spi.FrameCodec the codec {@code turbojpeg}
 */
module io.netgear.codec.turbojpeg {
  requires io.netgear;

  provides io.netgear.spi.FrameCodec with
      io.netgear.codec.turbojpeg.TurboJpegCodec;
}
