package io.netgear.bench;

import static java.lang.invoke.MethodType.methodType;

import io.netgear.Frame;
import io.netgear.FrameFormat;
import io.netgear.Jpeg;
import io.netgear.PixelFormat;
import io.netgear.Subsampling;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * libjpeg-turbo's own Java binding where Debian has installed it; found when it is asked for, since
 * nobody can depend on it. It works on arrays, which it is given beforehand and uses again.
 */
final class LibjpegTurboJava {
  private static final Path JAR = Path.of("/usr/share/java/turbojpeg.jar");
  private static final String PACKAGE = "org.libjpegturbo.turbojpeg.";
  private static final int FAST_UPSAMPLE = 256;
  private static final int FAST_DCT = 2048;

  private static Calls calls;
  private static Optional<String> missing;

  private LibjpegTurboJava() {}

  /** Why it cannot be used; loads it. */
  static synchronized Optional<String> missing() {
    if (missing == null) {
      missing = load();
    }
    return missing;
  }

  private static Optional<String> load() {
    Optional<Path> library = library();
    if (!Files.isReadable(JAR) || library.isEmpty()) {
      return Optional.of("Debian's libturbojpeg-java is not installed.");
    }
    try {
      calls = new Calls(new Binding(JAR.toUri().toURL(), library.get()));
      calls.close(calls.newCompressor());
      return Optional.empty();
    } catch (IOException | ReflectiveOperationException | LinkageError | IllegalStateException e) {
      return Optional.of("it could not be loaded (" + e + ").");
    }
  }

  private static Optional<Path> library() {
    String architecture = System.getProperty("os.arch").replace("amd64", "x86_64");
    return Stream.of("/usr/lib/" + architecture + "-linux-gnu", "/usr/lib64", "/usr/lib")
        .flatMap(
            folder ->
                Stream.of(
                    Path.of(folder, "jni", "libturbojpeg.so"),
                    Path.of(folder, "libturbojpeg.so.0"),
                    Path.of(folder, "libturbojpeg.so")))
        .filter(Files::isReadable)
        .findFirst();
  }

  /** The binding looks for its library by name, which every JDK resolves in folders of its own. */
  private static final class Binding extends URLClassLoader {
    private final Path library;

    Binding(URL jar, Path library) {
      super(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
      this.library = library;
    }

    @Override
    protected String findLibrary(String name) {
      return name.equals("turbojpeg") ? library.toString() : super.findLibrary(name);
    }
  }

  /** The methods that are called, so typed that no call makes an object. */
  private static final class Calls {
    final MethodHandle newCompressor;
    final MethodHandle newDecompressor;
    final MethodHandle source;
    final MethodHandle sampling;
    final MethodHandle quality;
    final MethodHandle compress;
    final MethodHandle size;
    final MethodHandle input;
    final MethodHandle decompress;

    Calls(ClassLoader loader) throws ReflectiveOperationException {
      Class<?> compressor = loader.loadClass(PACKAGE + "TJCompressor");
      Class<?> decompressor = loader.loadClass(PACKAGE + "TJDecompressor");
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      newCompressor = lookup.findConstructor(compressor, methodType(void.class));
      newDecompressor = lookup.findConstructor(decompressor, methodType(void.class));
      source =
          untyped(
              lookup,
              compressor,
              "setSourceImage",
              void.class,
              byte[].class,
              int.class,
              int.class,
              int.class,
              int.class,
              int.class,
              int.class);
      sampling = untyped(lookup, compressor, "setSubsamp", void.class, int.class);
      quality = untyped(lookup, compressor, "setJPEGQuality", void.class, int.class);
      compress = untyped(lookup, compressor, "compress", void.class, byte[].class, int.class);
      size = untyped(lookup, compressor, "getCompressedSize", int.class);
      input = untyped(lookup, decompressor, "setSourceImage", void.class, byte[].class, int.class);
      decompress =
          untyped(
              lookup,
              decompressor,
              "decompress",
              void.class,
              byte[].class,
              int.class,
              int.class,
              int.class,
              int.class,
              int.class,
              int.class,
              int.class);
    }

    private static MethodHandle untyped(
        MethodHandles.Lookup lookup,
        Class<?> type,
        String name,
        Class<?> result,
        Class<?>... parameters)
        throws ReflectiveOperationException {
      MethodHandle method = lookup.findVirtual(type, name, methodType(result, parameters));
      return method.asType(method.type().changeParameterType(0, Object.class));
    }

    AutoCloseable newCompressor() {
      return made(newCompressor);
    }

    AutoCloseable newDecompressor() {
      return made(newDecompressor);
    }

    private static AutoCloseable made(MethodHandle constructor) {
      try {
        return (AutoCloseable) constructor.invoke();
      } catch (Throwable e) {
        throw failure(e);
      }
    }

    void close(AutoCloseable session) {
      try {
        session.close();
      } catch (Exception e) {
        throw failure(e);
      }
    }
  }

  private static IllegalStateException failure(Throwable cause) {
    return new IllegalStateException("libjpeg-turbo's Java binding failed: " + cause, cause);
  }

  static JpegImplementation.Encoding encoding(List<Frame> frames, Jpeg jpeg) {
    return new Encoder(frames, jpeg);
  }

  static JpegImplementation.Decoding decoding(
      List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg) {
    return new Decoder(jpegs, size, pixels, jpeg);
  }

  /** Its codes are those of libjpeg-turbo's enum TJPF. */
  private static int code(PixelFormat pixels) {
    return switch (pixels) {
      case RGB -> 0;
      case BGR -> 1;
      case RGBX -> 2;
      case BGRX -> 3;
      case XBGR -> 4;
      case XRGB -> 5;
      case GRAY -> 6;
      case RGBA -> 7;
      case BGRA -> 8;
      case ABGR -> 9;
      case ARGB -> 10;
      case CMYK -> 11;
    };
  }

  private static int code(Subsampling sampling) {
    return switch (sampling) {
      case S444 -> 0;
      case S422 -> 1;
      case S420 -> 2;
      case GRAY -> 3;
      case S440 -> 4;
      case S411 -> 5;
    };
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.get(bytes.position(), array);
    return array;
  }

  private static int flags(Jpeg jpeg) {
    return (jpeg.fastDct() ? FAST_DCT : 0) | (jpeg.fastUpsample() ? FAST_UPSAMPLE : 0);
  }

  private static final class Encoder implements JpegImplementation.Encoding {
    private final Object compressor = calls.newCompressor();
    private final List<byte[]> pictures;
    private final FrameFormat format;
    private final int flags;
    private final byte[] output;

    Encoder(List<Frame> frames, Jpeg jpeg) {
      format = frames.get(0).format();
      pictures = frames.stream().map(frame -> array(frame.pixels())).toList();
      flags = flags(jpeg);
      output = new byte[format.width() * format.height() * 6 + (1 << 16)];
      boolean gray = format.pixelFormat() == PixelFormat.GRAY;
      try {
        calls.sampling.invokeExact(compressor, code(gray ? Subsampling.GRAY : jpeg.subsampling()));
        calls.quality.invokeExact(compressor, jpeg.quality());
      } catch (Throwable e) {
        throw failure(e);
      }
    }

    @Override
    public int encode(int index) {
      try {
        calls.source.invokeExact(
            compressor,
            pictures.get(index),
            0,
            0,
            format.width(),
            format.stride(),
            format.height(),
            code(format.pixelFormat()));
        calls.compress.invokeExact(compressor, output, flags);
        return (int) calls.size.invokeExact(compressor);
      } catch (Throwable e) {
        throw failure(e);
      }
    }

    @Override
    public void close() {
      calls.close((AutoCloseable) compressor);
    }
  }

  private static final class Decoder implements JpegImplementation.Decoding {
    private final Object decompressor = calls.newDecompressor();
    private final List<byte[]> jpegs;
    private final FrameFormat format;
    private final int flags;
    private final byte[] output;

    Decoder(List<ByteBuffer> jpegs, PictureSize size, PixelFormat pixels, Jpeg jpeg) {
      this.jpegs = jpegs.stream().map(LibjpegTurboJava::array).toList();
      format = FrameFormat.of(size.width(), size.height(), pixels);
      flags = flags(jpeg);
      output = new byte[format.byteSize()];
    }

    @Override
    public Object decode(int index) {
      byte[] jpeg = jpegs.get(index);
      try {
        calls.input.invokeExact(decompressor, jpeg, jpeg.length);
        calls.decompress.invokeExact(
            decompressor,
            output,
            0,
            0,
            format.width(),
            format.stride(),
            format.height(),
            code(format.pixelFormat()),
            flags);
        return output;
      } catch (Throwable e) {
        throw failure(e);
      }
    }

    @Override
    public void close() {
      calls.close((AutoCloseable) decompressor);
    }
  }
}
