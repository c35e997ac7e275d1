#!/bin/sh
# Checks the committed libraries against libjpeg-turbo's own TurboJPEG API, pixel by pixel and byte by byte.
#
#   native/check.sh TARBALL            TARBALL as for native/build.sh
#   native/check.sh TARBALL --write    also writes the reference's lines to the Java tests' golden.txt
#
# linux-x86_64 runs here; linux-aarch64 under qemu-aarch64-static and windows-x86_64 under wine where those are installed,
# else it says that they were not run. Exits 1 on any difference.
set -eu

module=$(cd "$(dirname "$0")/.." && pwd)
natives=$module/src/main/resources/io/netgear/codec/turbojpeg/natives
golden=$module/src/test/resources/io/netgear/codec/turbojpeg/golden.txt
work=${NGJ_BUILD:-$module/target/native-build}/check
[ $# -ge 1 ] || { echo "check: give the path of libjpeg-turbo's tarball" >&2; exit 1; }
mkdir -p "$work"
tar -xzf "$1" -C "$work"
source=$(ls -d "$work"/libjpeg-turbo-*/ | head -n 1)
cmake -S "$source" -B "$work/reference" -DCMAKE_BUILD_TYPE=Release -DREQUIRE_SIMD=1 -DENABLE_SHARED=0 -DWITH_TOOLS=0 > "$work/log" 2>&1
cmake --build "$work/reference" --target turbojpeg-static --parallel 2 >> "$work/log" 2>&1
gcc -O2 -Wall -Wextra -Werror -DNGJ_REFERENCE -I"$source/src" -o "$work/reference-golden" "$module/native/golden.c" "$work/reference/libturbojpeg.a"
"$work/reference-golden" > "$work/reference.txt"
if [ "${2:-}" = --write ]; then cp "$work/reference.txt" "$golden"; fi

status=0
compare() {
  if cmp -s "$work/reference.txt" "$work/$1.txt"; then echo "$1: the same as libjpeg-turbo, $(wc -l < "$work/$1.txt") lines"
  else echo "$1: differs from libjpeg-turbo:"; diff "$work/reference.txt" "$work/$1.txt" | head -n 20; status=1; fi
}

cp "$golden" "$work/golden.txt"; compare golden
gcc -O2 -Wall -Wextra -Werror -o "$work/golden" "$module/native/golden.c" -ldl
"$work/golden" "$natives/linux-x86_64/libnetgear_jpeg.so" > "$work/linux-x86_64.txt"
compare linux-x86_64

if command -v qemu-aarch64-static >/dev/null && command -v aarch64-linux-gnu-gcc >/dev/null; then
  aarch64-linux-gnu-gcc -O2 -Wall -Wextra -Werror -o "$work/golden-aarch64" "$module/native/golden.c" -ldl
  qemu-aarch64-static -L /usr/aarch64-linux-gnu "$work/golden-aarch64" "$natives/linux-aarch64/libnetgear_jpeg.so" > "$work/linux-aarch64.txt"
  compare linux-aarch64
else
  echo "linux-aarch64: not run, qemu-aarch64-static or aarch64-linux-gnu-gcc is missing"
fi

wine=$(command -v wine64 || ls /usr/lib/wine/wine64 2>/dev/null || true)
mingw=$(command -v x86_64-w64-mingw32-gcc-win32 || command -v x86_64-w64-mingw32-gcc || true)
if [ -n "$wine" ] && [ -n "$mingw" ]; then
  "$mingw" -O2 -Wall -Wextra -Werror -static -o "$work/golden.exe" "$module/native/golden.c"
  WINEPREFIX=$work/wine WINEDEBUG=-all "$wine" "$work/golden.exe" "Z:$natives/windows-x86_64/netgear_jpeg.dll" 2> "$work/wine.log" | tr -d '\r' > "$work/windows-x86_64.txt"
  compare windows-x86_64
else
  echo "windows-x86_64: not run, wine or mingw-w64 is missing"
fi
exit $status
