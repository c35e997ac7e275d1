#!/bin/sh
# Runs native/driver.c, which contains the C file, under AddressSanitizer and UndefinedBehaviorSanitizer. Exits 1 on a finding.
#
#   native/asan-test.sh             against the machine's libjpeg-turbo (Debian: libjpeg62-turbo-dev); needs cc with sanitizers
#   native/asan-test.sh TARBALL     against libjpeg-turbo from that source, itself built with the sanitizers and without SIMD,
#                                   so that they see inside it
set -eu

module=$(cd "$(dirname "$0")/.." && pwd)
work=${NGJ_BUILD:-$module/target/native-build}/asan
images=$module/src/test/resources/io/netgear/codec/turbojpeg/images
compiler=${CC:-cc}
sanitize="-g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all"
mkdir -p "$work"

if [ $# -ge 1 ]; then
  tar -xzf "$1" -C "$work"
  source=$(ls -d "$work"/libjpeg-turbo-*/ | head -n 1)
  # libjpeg shifts negative numbers and moves pointers below their arrays by design: the address sanitizer alone, there.
  cmake -S "$source" -B "$work/lib" -DCMAKE_BUILD_TYPE=None -DCMAKE_C_COMPILER="$compiler" -DWITH_SIMD=0 -DENABLE_SHARED=0 \
    -DWITH_TOOLS=0 -DWITH_TURBOJPEG=0 -DCMAKE_C_FLAGS="-g -O1 -fno-omit-frame-pointer -fsanitize=address" > "$work/log" 2>&1
  cmake --build "$work/lib" --target jpeg-static --parallel 2 >> "$work/log" 2>&1
  library="-I$source/src -I$work/lib $work/lib/libjpeg.a"
else
  library="-ljpeg"
fi
# shellcheck disable=SC2086
"$compiler" $sanitize -Wall -Wextra -Werror -DNGJ_WITHOUT_SIMD_QUERY -Wno-unused-function -o "$work/driver" "$module/native/driver.c" $library
ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1 "$work/driver" "$images"/*.jpg
