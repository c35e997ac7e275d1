#!/bin/sh
# Builds the native libraries of netgear-codec-turbojpeg and their manifest.
#
#   native/build.sh TARBALL [PLATFORM...]
#
# TARBALL is libjpeg-turbo's source, pinned below by its hash (native/fetch-source.sh gets it). Without a PLATFORM the
# three that are shipped are built: linux-x86_64 linux-aarch64 windows-x86_64; on macOS, the machine's own.
# The same compilers give the same bytes on any day, in any folder.
# Needs cmake, nasm, a JDK (JAVA_HOME or javac on the path, for jni.h) and for each platform its compiler:
# gcc, aarch64-linux-gnu-gcc, x86_64-w64-mingw32-gcc (with win32 threads). A build without SIMD fails.
#
# NGJ_BUILD names the folder for the builds (default target/native-build). Results go to src/main/resources.
set -eu

VERSION=3.1.3
SHA256=3a13a5ba767dc8264bc40b185e41368a80d5d5f945944d1dbaa4b2fb0099f4e5
GLIBC_FLOOR_x86_64=2.14
GLIBC_FLOOR_aarch64=2.17   # the first glibc for that processor

fail() { echo "build: $*" >&2; exit 1; }
sha256_of() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1; }

module=$(cd "$(dirname "$0")/.." && pwd)
c_file=$module/src/main/c/netgear_jpeg.c
natives=$module/src/main/resources/io/netgear/codec/turbojpeg/natives
build=${NGJ_BUILD:-$module/target/native-build}

[ $# -ge 1 ] || fail "give the path of libjpeg-turbo's tarball (native/fetch-source.sh prints one)"
tarball=$1; shift
[ -f "$tarball" ] || fail "there is no file $tarball"
[ "$(sha256_of "$tarball")" = "$SHA256" ] || fail "the sha256 of $tarball is not $SHA256"
if [ $# -eq 0 ]; then
  case $(uname -s)-$(uname -m) in
    Darwin-arm64) set -- macos-aarch64 ;;
    Darwin-*) set -- macos-x86_64 ;;
    *) set -- linux-x86_64 linux-aarch64 windows-x86_64 ;;
  esac
fi

javac=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}javac") || fail "no JDK found: set JAVA_HOME"
jni=$(dirname "$javac")/../include
[ -f "$jni/jni.h" ] || jni=$(dirname "$(readlink -f "$javac")")/../include
[ -f "$jni/jni.h" ] || fail "no jni.h beside $javac"

mkdir -p "$build"
build=$(cd "$build" && pwd)
source=$build/libjpeg-turbo-$VERSION
rm -rf "$source"
tar -xzf "$tarball" -C "$build"
# libjpeg stops at 65500 pixels a side, a margin from the days of 16-bit sizes; the file format reaches 65535.
sed 's/^#define JPEG_MAX_DIMENSION  65500L/#define JPEG_MAX_DIMENSION  65535L/' "$source/src/jmorecfg.h" > "$build/jmorecfg.h"
cmp -s "$build/jmorecfg.h" "$source/src/jmorecfg.h" && fail "JPEG_MAX_DIMENSION was not found in jmorecfg.h"
mv "$build/jmorecfg.h" "$source/src/jmorecfg.h"

# jni.h is the same everywhere; its companion only says how a function is exported and how wide the integers are.
mkdir -p "$build/jni"
cp "$jni/jni.h" "$build/jni/jni.h"
cat > "$build/jni/jni_md.h" <<'HEADER'
#ifndef NGJ_JNI_MD_H
#define NGJ_JNI_MD_H
#if defined(_WIN32)
#define JNIEXPORT __declspec(dllexport)
#define JNIIMPORT __declspec(dllimport)
#define JNICALL __stdcall
#else
#define JNIEXPORT __attribute__((visibility("default")))
#define JNIIMPORT __attribute__((visibility("default")))
#define JNICALL
#endif
typedef int jint;
typedef long long jlong;
typedef signed char jbyte;
#endif
HEADER

# The newest glibc symbol version that a library asks for must not be above the floor.
check_glibc() {
  newest=$("$1" -T "$2" | sed -n 's/.*(\{0,1\}GLIBC_\([0-9.]*\).*/\1/p' | sort -V | tail -n 1)
  [ "$(printf '%s\n%s\n' "$newest" "$3" | sort -V | tail -n 1)" = "$3" ] || fail "$2 needs glibc $newest, the floor is $3"
  if "$1" -p "$2" | grep NEEDED | grep -v 'libc\.so\.6\|ld-linux'; then fail "$2 needs the libraries above"; fi
  if "$1" -p "$2" | grep -A1 STACK | grep -q 'flags rwx'; then fail "$2 asks for an executable stack"; fi
  strangers=$("$1" -T "$2" | grep -v 'UND\|\*ABS\*' | awk '/ g /{print $NF}' | grep -v '^Java_io_netgear_' || true)
  [ -z "$strangers" ] || fail "$2 exports more than JNI functions: $strangers"
}

build_platform() {
  platform=$1
  toolchain=""
  case $platform in
    linux-x86_64)   compiler=gcc; objdump=objdump; library=libnetgear_jpeg.so ;;
    linux-aarch64)  compiler=aarch64-linux-gnu-gcc; objdump=aarch64-linux-gnu-objdump; library=libnetgear_jpeg.so
                    toolchain="-DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64" ;;
    windows-x86_64) compiler=x86_64-w64-mingw32-gcc-win32   # Debian's name for the one without winpthread
                    command -v "$compiler" >/dev/null || compiler=x86_64-w64-mingw32-gcc
                    objdump=x86_64-w64-mingw32-objdump; library=netgear_jpeg.dll
                    toolchain="-DCMAKE_SYSTEM_NAME=Windows -DCMAKE_SYSTEM_PROCESSOR=AMD64 -DCMAKE_RC_COMPILER=x86_64-w64-mingw32-windres" ;;
    macos-aarch64)  compiler="clang"; arch="-arch arm64"; library=libnetgear_jpeg.dylib; toolchain="-DCMAKE_OSX_ARCHITECTURES=arm64" ;;
    macos-x86_64)   compiler="clang"; arch="-arch x86_64"; library=libnetgear_jpeg.dylib; toolchain="-DCMAKE_OSX_ARCHITECTURES=x86_64" ;;
    *) fail "no platform $platform; there are linux-x86_64 linux-aarch64 windows-x86_64 macos-aarch64 macos-x86_64" ;;
  esac
  command -v "$compiler" >/dev/null || fail "$compiler is not installed, $platform needs it"
  flags="-O3 -fPIC -fvisibility=hidden -ffunction-sections -fdata-sections"
  case $platform in windows-*) flags="-O3 -fvisibility=hidden -ffunction-sections -fdata-sections" ;; esac
  case $platform in macos-*) ;; *) flags="$flags -ffile-prefix-map=$build=." ;; esac
  rm -rf "${build:?}/$platform"
  # shellcheck disable=SC2086
  cmake -S "$source" -B "$build/$platform" -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER="$compiler" $toolchain \
    -DCMAKE_C_FLAGS="$flags" -DCMAKE_C_FLAGS_RELEASE="-O3 -DNDEBUG" -DCMAKE_INSTALL_PREFIX="$build/$platform/install" \
    -DBUILD=netgear -DREQUIRE_SIMD=1 -DENABLE_SHARED=0 -DENABLE_STATIC=1 -DWITH_TURBOJPEG=0 -DWITH_TOOLS=0 -DWITH_TESTS=0 \
    -DWITH_ARITH_ENC=0 -DWITH_ARITH_DEC=0 > "$build/$platform.log" 2>&1 || { tail -n 20 "$build/$platform.log" >&2; fail "configuring $platform failed"; }
  cmake --build "$build/$platform" --target jpeg-static --parallel 2 >> "$build/$platform.log" 2>&1 ||
    { tail -n 20 "$build/$platform.log" >&2; fail "building libjpeg-turbo for $platform failed"; }

  mkdir -p "$natives/$platform"
  result=$natives/$platform/$library
  set -- $flags -std=gnu11 -Wall -Wextra -Werror -I"$build/jni" -I"$source/src" -I"$build/$platform" "$c_file"
  case $platform in
    macos-*) "$compiler" $arch "$@" "$build/$platform/libjpeg.a" -dynamiclib -Wl,-dead_strip -Wl,-x \
               -Wl,-exported_symbol,'_Java_io_netgear_*' -o "$result" ;;
    windows-*) "$compiler" "$@" "$build/$platform/libjpeg.a" -shared -static-libgcc \
                 -Wl,--exclude-libs,ALL,--gc-sections,-s,--kill-at,--no-insert-timestamp -o "$result" ;;
    *) "$compiler" "$@" "$build/$platform/libjpeg.a" -shared -static-libgcc -Wl,-soname,"$library" -Wl,--build-id=none \
         -Wl,--exclude-libs,ALL,--gc-sections,-s,-z,noexecstack,-z,relro,-z,now -o "$result" ;;
  esac
  case $platform in
    linux-x86_64) check_glibc "$objdump" "$result" "$GLIBC_FLOOR_x86_64" ;;
    linux-aarch64) check_glibc "$objdump" "$result" "$GLIBC_FLOOR_aarch64" ;;
    windows-*)
      strangers=$("$objdump" -p "$result" | awk '/\[Ordinal\/Name Pointer\] Table/{t=1;next} NF==0{t=0} t{print $NF}' | grep -v '^Java_io_netgear_' || true)
      [ -z "$strangers" ] || fail "$result exports more than JNI functions: $strangers"
      if "$objdump" -p "$result" | grep 'DLL Name' | grep -vi 'kernel32\|msvcrt\|api-ms-win-crt\|ucrtbase'; then fail "$result needs the libraries above"; fi ;;
  esac
  chmod 644 "$result"
  {
    echo "$platform.file=$platform/$library"
    echo "$platform.sha256=$(sha256_of "$result")"
    echo "$platform.compiler=$("$compiler" --version | head -n 1)"
  } > "$build/$platform.manifest"
  echo "$platform: $(wc -c < "$result") bytes"
}

for platform in "$@"; do build_platform "$platform"; done

# Entries of platforms that were not built now stay, if their C file is this one.
manifest=$natives/manifest.properties
c_hash=$(sha256_of "$c_file")
new=$build/manifest.properties
{
  echo "# Written by native/build.sh"
  echo "source.name=libjpeg-turbo"
  echo "source.version=$VERSION"
  echo "source.sha256=$SHA256"
  echo "source.licence=BSD-3-Clause AND IJG AND Zlib"
  echo "source.change=JPEG_MAX_DIMENSION 65535 instead of 65500 in src/jmorecfg.h"
  echo "c.sha256=$c_hash"
  echo "assembler=$(nasm -v 2>/dev/null || echo none)"
  if [ -f "$manifest" ] && grep -q "^c.sha256=$c_hash\$" "$manifest"; then
    grep -E '^[a-z]+-[a-z0-9_]+\.' "$manifest" | while IFS= read -r line; do
      case " $* " in *" ${line%%.*} "*) ;; *) echo "$line" ;; esac
    done
  fi
  for platform in "$@"; do cat "$build/$platform.manifest"; done
} > "$new"
mv "$new" "$manifest"
