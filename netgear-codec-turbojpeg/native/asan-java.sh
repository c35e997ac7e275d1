#!/bin/sh
# Runs the codec's Java tests over the whole C file, the functions that Java calls included, built with AddressSanitizer and
# UndefinedBehaviorSanitizer against the machine's libjpeg-turbo (Debian: libjpeg62-turbo-dev). A finding ends the tests' JVM,
# and this script with another status than 0. Java's direct buffers are blocks of malloc, so that one byte too far is seen.
#
#   native/asan-java.sh [MAVEN-ARGUMENT...]
#
# Left out are tests of the libjpeg-turbo that is in the jar (its SIMD code, its very bytes, its largest side) and of resident
# memory, which the sanitizer changes.
set -eu

module=$(cd "$(dirname "$0")/.." && pwd)
work=${NGJ_BUILD:-$module/target/native-build}/asan
compiler=${CC:-cc}
javac=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}javac") || { echo "asan-java: no JDK found: set JAVA_HOME." >&2; exit 1; }
jdk=$(dirname "$(dirname "$(readlink -f "$javac")")")
mkdir -p "$work"
"$compiler" -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -std=gnu11 -Wall -Wextra -Werror \
  -DNGJ_WITHOUT_SIMD_QUERY -fPIC -shared -I"$jdk/include" -I"$jdk/include/linux" \
  -o "$work/libnetgear_jpeg.so" "$module/src/main/c/netgear_jpeg.c" -ljpeg

# The JVM has handlers of its own for signals, and memory that it never gives back.
export ASAN_OPTIONS=detect_leaks=0:handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:abort_on_error=1
export UBSAN_OPTIONS=print_stacktrace=1
cd "$module/.."
LD_PRELOAD=$("$compiler" -print-file-name=libasan.so) mvn -B -q -ntp -pl netgear-codec-turbojpeg -am test -Dspotless.check.skip \
  -Dsurefire.failIfNoSpecifiedTests=false "-Dnetgear.test.jvm.extra=-Djava.awt.headless=true -Dnetgear.turbojpeg.library=$work/libnetgear_jpeg.so" \
  "-Dtest=io.netgear.codec.turbojpeg.*Test,!NativeLibraryTest,!ShippedLibrariesTest,!GoldenTest,!NativeMemoryTest,\
!TurboJpegCodecTest,!RoundTripTest#shouldReachTheFormatsLargestSide*" "$@"
echo "asan-java: the tests passed, the sanitizers found nothing"
