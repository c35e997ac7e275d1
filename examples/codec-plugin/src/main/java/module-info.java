import com.example.deflate.DeflateCodec;

/**
 * A third party's codec. It exports nothing: NetGear finds it through {@code provides}, and
 * applications name it.
 */
module com.example.deflate {
  requires io.netgear;

  provides io.netgear.spi.FrameCodec with
      DeflateCodec;
}
