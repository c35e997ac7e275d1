#!/bin/sh
# Fuzzes decoding, decoding in bands and the marker scan of the C file with libFuzzer, under AddressSanitizer and
# UndefinedBehaviorSanitizer: first every input of the kept corpus, then new ones. Exits with another status than 0 on a finding.
#
#   native/fuzz/run.sh SECONDS             against the machine's libjpeg-turbo (Debian: libjpeg62-turbo-dev)
#   native/fuzz/run.sh SECONDS TARBALL     against libjpeg-turbo from that source, built for libFuzzer and AddressSanitizer
#
# Needs clang with its runtime (Debian: clang-14 libclang-rt-14-dev). What it finds lies in target/native-build/fuzz (or
# $NGJ_BUILD/fuzz): crash-*, leak-*, timeout-*, and in found/ the inputs that reached something new. To keep those:
#   target/native-build/fuzz/fuzz -merge=1 native/fuzz/corpus target/native-build/fuzz/found
set -eu

seconds=${1:?"how many seconds? run.sh SECONDS [TARBALL]"}
here=$(cd "$(dirname "$0")" && pwd)
module=$(cd "$here/../.." && pwd)
work=${NGJ_BUILD:-$module/target/native-build}/fuzz
compiler=${CLANG:-$(command -v clang || command -v clang-14 || true)}
[ -n "$compiler" ] || { echo "fuzz: no clang; install clang-14 and libclang-rt-14-dev, or name one in CLANG." >&2; exit 1; }
mkdir -p "$work/found"

if [ $# -ge 2 ]; then
  if [ ! -f "$work/lib/libjpeg.a" ]; then
    tar -xzf "$2" -C "$work"
    source=$(ls -d "$work"/libjpeg-turbo-*/ | head -n 1)
    cmake -S "$source" -B "$work/lib" -DCMAKE_BUILD_TYPE=None -DCMAKE_C_COMPILER="$compiler" -DWITH_SIMD=0 -DENABLE_SHARED=0 \
      -DWITH_TOOLS=0 -DWITH_TURBOJPEG=0 -DCMAKE_C_FLAGS="-g -O2 -fno-omit-frame-pointer -fsanitize=address,fuzzer-no-link" > "$work/log" 2>&1
    cmake --build "$work/lib" --target jpeg-static --parallel 2 >> "$work/log" 2>&1
  fi
  source=$(ls -d "$work"/libjpeg-turbo-*/ | head -n 1)
  library="-I$source/src -I$work/lib $work/lib/libjpeg.a"
else
  library="-ljpeg"
fi
# shellcheck disable=SC2086
"$compiler" -g -O2 -fno-omit-frame-pointer -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Wall -Wextra -Werror \
  -Wno-unused-function -DNGJ_WITHOUT_SIMD_QUERY -o "$work/fuzz" "$here/fuzz.c" $library
cd "$work"
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
"$work/fuzz" -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=1024 -malloc_limit_mb=256 -dict="$here/markers.dict" \
  -print_final_stats=1 -verbosity=${FUZZ_VERBOSITY:-0} "$work/found" "$here/corpus"
echo "fuzz: $seconds s found nothing, $(ls "$here/corpus" | wc -l) inputs are kept"
