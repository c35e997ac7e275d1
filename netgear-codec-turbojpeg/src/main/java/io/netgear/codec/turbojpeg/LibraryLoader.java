package io.netgear.codec.turbojpeg;

import java.nio.file.Path;

/**
 * What touches the JVM's native linking, so that the search for the library can be tested without
 * one.
 */
interface LibraryLoader {
  /**
   * Loads this very file.
   *
   * @throws UnsatisfiedLinkError if it cannot be loaded
   */
  void load(Path file);

  /**
   * Loads the library of this name from {@code java.library.path}.
   *
   * @throws UnsatisfiedLinkError if it is not there or cannot be loaded
   */
  void loadNamed(String name);

  /**
   * Asks the loaded library what it is: its libjpeg-turbo version and whether SIMD runs.
   *
   * @throws UnsatisfiedLinkError if it is not the library that this module's Java was made for
   */
  String describe();

  /** The JVM's own. */
  LibraryLoader SYSTEM =
      new LibraryLoader() {
        @Override
        public void load(Path file) {
          System.load(file.toString());
        }

        @Override
        public void loadNamed(String name) {
          System.loadLibrary(name);
        }

        @Override
        public String describe() {
          int contract = NativeJpeg.contract();
          if (contract != NativeJpeg.CONTRACT) {
            throw new UnsatisfiedLinkError(
                "it speaks version "
                    + contract
                    + " of the binding, this NetGear speaks "
                    + NativeJpeg.CONTRACT);
          }
          int version = NativeJpeg.version();
          return "libjpeg-turbo "
              + version / 1_000_000
              + "."
              + version / 1_000 % 1_000
              + "."
              + version % 1_000
              + (NativeJpeg.simd() == 1 ? ", SIMD on" : ", SIMD off: several times slower");
        }
      };
}
