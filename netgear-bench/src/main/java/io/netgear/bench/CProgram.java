package io.netgear.bench;

import io.netgear.Jpeg;
import io.netgear.Subsampling;
import io.netgear.codec.turbojpeg.TurboJpegCodec;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code cloop.c} of the turbojpeg codec, compiled, with the codec's own library beside it: in a
 * folder that {@link #close} removes. From {@link #build} on, Java loads that very file.
 */
final class CProgram implements AutoCloseable {
  private static final String LIBRARY_PROPERTY = "netgear.turbojpeg.library";

  private final Path folder;
  private final Path library;
  private final Path program;
  private int files;

  private CProgram(Path folder, Path library) {
    this.folder = folder;
    this.library = library;
    this.program = folder.resolve("cloop");
  }

  /** Why there can be no C program here; empty when there can. */
  static Optional<String> missing() {
    if (platform().isEmpty()) {
      return Optional.of("it is written for Linux on x86-64 and aarch64.");
    }
    return compiler().isEmpty()
        ? Optional.of("no C compiler (cc, gcc or clang) is on the path; install one, such as gcc.")
        : Optional.empty();
  }

  private static Optional<String> platform() {
    String architecture = System.getProperty("os.arch").replace("amd64", "x86_64");
    return System.getProperty("os.name").equals("Linux") && architecture.matches("x86_64|aarch64")
        ? Optional.of("linux-" + architecture)
        : Optional.empty();
  }

  private static Optional<Path> compiler() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of("cc", "gcc", "clang")
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(at -> Path.of(at, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static CProgram shared;

  /** One for the whole process, which removes it when it ends. */
  static synchronized CProgram shared() throws IOException {
    if (shared == null) {
      try {
        shared = build();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while the C loop was compiled.", e);
      }
      CProgram program = shared;
      Runtime.getRuntime().addShutdownHook(new Thread(program::remove, "cloop-remover"));
    }
    return shared;
  }

  private void remove() {
    try {
      close();
    } catch (IOException e) {
      System.err.println("The folder " + folder + " could not be removed: " + e.getMessage());
    }
  }

  /** Must come before anything loads the codec's library, for Java to load the very same file. */
  static CProgram build() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("netgear-cloop");
    String given = System.getProperty(LIBRARY_PROPERTY);
    Path library = given == null ? folder.resolve("libnetgear_jpeg.so") : Path.of(given);
    CProgram program = new CProgram(folder, library);
    try {
      if (given == null) {
        String bundled = "natives/" + platform().orElseThrow() + "/" + library.getFileName();
        copy(TurboJpegCodec.class, bundled, library);
        System.setProperty(LIBRARY_PROPERTY, library.toString());
      }
      program.compile();
      return program;
    } catch (IOException | RuntimeException e) {
      program.close();
      throw e;
    }
  }

  private void compile() throws IOException, InterruptedException {
    Path source = folder.resolve("cloop.c");
    copy(CProgram.class, "cloop.c", source);
    copy(CProgram.class, "binding.h", folder.resolve("binding.h"));
    String compiler = compiler().orElseThrow().toString();
    int status =
        new ProcessBuilder(compiler, "-O2", "-o", program.toString(), source.toString(), "-ldl")
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException(compiler + " could not compile cloop.c: it ended with " + status + ".");
    }
  }

  private static void copy(Class<?> beside, String resource, Path file) throws IOException {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("There is no " + resource + " beside " + beside.getName() + ".");
      }
      Files.copy(in, file);
    }
  }

  /** The bytes between position and limit, as a file for the program to read. */
  Path save(ByteBuffer bytes) throws IOException {
    Path file = folder.resolve("input" + files++);
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer rest = bytes.duplicate();
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
    return file;
  }

  /** Starts it; what = encode or decode. Java's own settings for the same work. */
  Loop start(String what, PictureSize size, Jpeg jpeg, Path input) throws IOException {
    boolean half = jpeg.subsampling() == Subsampling.S420;
    int flags = (jpeg.fastDct() ? 1 : 0) | (jpeg.fastUpsample() ? 2 : 0);
    List<Object> command =
        List.of(
            program,
            library,
            what,
            size.width(),
            size.height(),
            jpeg.quality(),
            jpeg.subsampling() == Subsampling.S444 ? 1 : 2,
            half ? 2 : 1,
            flags,
            input);
    return new Loop(command.stream().map(Object::toString).toList());
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** The running program: it works when it is told to, and tells how long it took. */
  static final class Loop implements Pairs.Side, AutoCloseable {
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;
    private final int jpegBytes;

    Loop(List<String> command) throws IOException {
      process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      orders = process.outputWriter(StandardCharsets.US_ASCII);
      answers = process.inputReader(StandardCharsets.US_ASCII);
      jpegBytes = Integer.parseInt(answer("ready "));
    }

    int jpegBytes() {
      return jpegBytes;
    }

    /** One frame, by the program's own clocks. */
    Rounds.Sample sample() throws IOException {
      orders.write("1\n");
      orders.flush();
      String[] nanos = answer("").split(" ", 2);
      return new Rounds.Sample(Long.parseLong(nanos[0]), Long.parseLong(nanos[1]), -1);
    }

    @Override
    public void run(int index, long[] clock, long[] processor) throws IOException {
      Rounds.Sample sample = sample();
      clock[index] = sample.clockNs();
      processor[index] = sample.processorNs();
    }

    private String answer(String prefix) throws IOException {
      String line = answers.readLine();
      if (line == null || !line.startsWith(prefix)) {
        throw new IOException("The C loop ended early, its last word was " + line + ".");
      }
      return line.substring(prefix.length());
    }

    @Override
    public void close() throws IOException {
      orders.close();
      answers.close();
      process.destroy();
    }
  }
}
