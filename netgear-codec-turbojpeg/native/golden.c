/*
 * Prints checksums of many JPEGs and of what they decode to: one line for each pixel format and subsampling.
 *
 *   golden                 through the TurboJPEG API of the same libjpeg-turbo, if compiled with NGJ_REFERENCE
 *   golden LIBRARY         through the functions that Java calls, in the library of that name
 *
 * The library also decodes JPEGs made of strips in bands, gives parts of them at each scale, and tells rows that changed from
 * those that did not; where any of that is not as it is on x86-64, the program ends with status 3.
 *
 * The two must agree. The reference's lines are src/test/resources/io/netgear/codec/turbojpeg/golden.txt, which the Java tests
 * check as well; native/check.sh runs both, and the libraries of other processors under their emulators.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMATS = 12, SAMPLINGS = 6, GRAY = 6, RGBX = 2, CMYK = 11, GRAY_SAMPLING = 5 };

static const char *const format_names[FORMATS] = { "RGB", "BGR", "RGBX", "BGRX", "XBGR", "XRGB",
                                                   "GRAY", "RGBA", "BGRA", "ABGR", "ARGB", "CMYK" };
static const int format_bytes[FORMATS] = { 3, 3, 4, 4, 4, 4, 1, 4, 4, 4, 4, 4 };
static const char *const sampling_names[SAMPLINGS] = { "4:4:4", "4:2:2", "4:2:0", "4:4:0", "4:1:1", "gray" };
static const int sizes[][2] = { { 1, 1 }, { 7, 5 }, { 16, 16 }, { 17, 33 }, { 131, 67 }, { 3, 300 } };
/* Not below 20: there the 16-bit arithmetic of SIMD code may overflow on such noise, and processors differ. */
static const int qualities[] = { 20, 50, 90, 97, 100 };

enum { MAX_PIXELS = 131 * 67, PADDING = 5, MAX_JPEG = 200000 };

#if defined(NGJ_REFERENCE)
#include <turbojpeg.h>

static tjhandle compressor, decompressor;

static void start(const char *library)
{
  (void)library;
  compressor = tj3Init(TJINIT_COMPRESS);
  decompressor = tj3Init(TJINIT_DECOMPRESS);
  if (compressor == NULL || decompressor == NULL) exit(3);
}

static int encode(const unsigned char *pixels, int width, int height, int stride, int format, int quality, int sampling,
                  int fast_dct, unsigned char *output)
{
  static const int samplings[SAMPLINGS] = { TJSAMP_444, TJSAMP_422, TJSAMP_420, TJSAMP_440, TJSAMP_411, TJSAMP_GRAY };
  size_t size = MAX_JPEG;

  tj3Set(compressor, TJPARAM_NOREALLOC, 1);
  tj3Set(compressor, TJPARAM_QUALITY, quality);
  tj3Set(compressor, TJPARAM_SUBSAMP, format == GRAY ? TJSAMP_GRAY : samplings[sampling]);
  tj3Set(compressor, TJPARAM_FASTDCT, fast_dct);
  if (tj3Compress8(compressor, pixels, width, stride, height, format, &output, &size) != 0) {
    fprintf(stderr, "%s\n", tj3GetErrorStr(compressor));
    exit(3);
  }
  return (int)size;
}

static void decode(const unsigned char *jpeg, int size, unsigned char *pixels, int width, int height, int stride,
                   int format, int fast_dct, int fast_upsample)
{
  (void)width; (void)height;
  tj3Set(decompressor, TJPARAM_FASTDCT, fast_dct);
  tj3Set(decompressor, TJPARAM_FASTUPSAMPLE, fast_upsample);
  if (tj3DecompressHeader(decompressor, jpeg, (size_t)size) != 0 ||
      tj3Decompress8(decompressor, jpeg, (size_t)size, pixels, stride, format) != 0) {
    fprintf(stderr, "%s\n", tj3GetErrorStr(decompressor));
    exit(3);
  }
}
#else
#include "binding.h"

static int64_t encoder, decoder;

static void start(const char *library)
{
  binding_load(library);
  encoder = ngj.open(NULL, NULL, 0);
  decoder = ngj.open(NULL, NULL, 1);
  if (encoder == 0 || decoder == 0 || ngj.simd(NULL, NULL) != 1) {
    fprintf(stderr, "golden: no session, or SIMD is off\n");
    exit(3);
  }
}

static int encode(const unsigned char *pixels, int width, int height, int stride, int format, int quality, int sampling,
                  int fast_dct, unsigned char *output)
{
  static const int horizontal[SAMPLINGS] = { 1, 2, 2, 1, 4, 0 };
  static const int vertical[SAMPLINGS] = { 1, 1, 2, 2, 1, 0 };
  int size = ngj.encode(NULL, NULL, encoder, ADDRESS(pixels), width, height, stride, format, quality,
                        horizontal[sampling], vertical[sampling], fast_dct ? 1 : 0, 0, ADDRESS(output), MAX_JPEG);

  if (size < 0) binding_fail(encoder, "encode");
  return size;
}

static void decode(const unsigned char *jpeg, int size, unsigned char *pixels, int width, int height, int stride,
                   int format, int fast_dct, int fast_upsample)
{
  if (ngj.decode(NULL, NULL, decoder, ADDRESS(jpeg), size, ADDRESS(pixels), width, height, stride, format,
                 (fast_dct ? 1 : 0) | (fast_upsample ? 2 : 0), 64 << 20) < 0)
    binding_fail(decoder, "decode");
}
#endif

/* CRC-32 as java.util.zip has it. */
static uint32_t crc(uint32_t sum, const unsigned char *bytes, size_t count)
{
  sum = ~sum;
  while (count-- > 0) {
    int bit;

    sum ^= *bytes++;
    for (bit = 0; bit < 8; bit++) sum = (sum >> 1) ^ (0xEDB88320u & (0u - (sum & 1u)));
  }
  return ~sum;
}

static void paint(unsigned char *pixels, int width, int height, int row_bytes, int stride)
{
  uint32_t state = 0x9E3779B9u ^ ((uint32_t)width << 16) ^ (uint32_t)height;
  int x, y;

  for (y = 0; y < height; y++)
    for (x = 0; x < row_bytes; x++) {
      state ^= state << 13;
      state ^= state >> 17;
      state ^= state << 5;
      pixels[y * stride + x] = (unsigned char)(3 * x + 5 * y + (int)(state & 31));
    }
}

static unsigned char pixels[MAX_PIXELS * 4 + 400 * PADDING], decoded[MAX_PIXELS * 4 + 400 * PADDING], jpeg[MAX_JPEG];

static uint32_t decoded_sum(uint32_t sum, int size, int width, int height, int format)
{
  int row_bytes = width * format_bytes[format], stride = row_bytes + PADDING, dct, upsample, y;

  for (dct = 0; dct < 2; dct++)
    for (upsample = 0; upsample < 2; upsample++) {
      decode(jpeg, size, decoded, width, height, stride, format, dct, upsample);
      for (y = 0; y < height; y++) sum = crc(sum, decoded + y * stride, (size_t)row_bytes);
    }
  return sum;
}

static void print_line(int format, int sampling)
{
  uint32_t jpegs = 0, pictures = 0;
  unsigned s, q;
  int dct;

  for (s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
    for (q = 0; q < sizeof(qualities) / sizeof(qualities[0]); q++)
      for (dct = 0; dct < 2; dct++) {
        int width = sizes[s][0], height = sizes[s][1], row_bytes = width * format_bytes[format], size;

        paint(pixels, width, height, row_bytes, row_bytes + PADDING);
        size = encode(pixels, width, height, row_bytes + PADDING, format, qualities[q], sampling, dct, jpeg);
        jpegs = crc(jpegs, jpeg, (size_t)size);
        pictures = decoded_sum(pictures, size, width, height, format);
        if (format != CMYK) {
          pictures = decoded_sum(pictures, size, width, height, GRAY);
          pictures = decoded_sum(pictures, size, width, height, RGBX);
        }
      }
  printf("%s %s %08x %08x\n", format_names[format], sampling_names[sampling], jpegs, pictures);
}

#if !defined(NGJ_REFERENCE)
static unsigned char joined[MAX_JPEG * 2], banded[MAX_PIXELS * 4 + 400 * PADDING];

/* Where the SOS segment of a JPEG of ours begins; tells where its height is. */
static int scan_header(const unsigned char *bytes, int *height_at)
{
  int at = 2;

  while (bytes[at + 1] != 0xDA) {
    if (bytes[at + 1] == 0xC0) *height_at = at + 5;
    at += 2 + (bytes[at + 2] << 8 | bytes[at + 3]);
  }
  return at;
}

/* Encodes 131x64 pixels in strips of 16 rows and joins them as Java does. Gives the JPEG's size. */
static int encode_strips(int sampling, int *height_at, int *headers)
{
  int width = 131, row_bytes = 131 * 3, stride = row_bytes + PADDING, end = 0, k;

  paint(pixels, width, 64, row_bytes, stride);
  for (k = 0; k < 4; k++) {
    int size = encode(pixels + k * 16 * stride, width, 16, stride, 1, 90, sampling, 1, jpeg);
    int scan = scan_header(jpeg, height_at), begin = scan + 2 + (jpeg[scan + 2] << 8 | jpeg[scan + 3]);

    if (k == 0) {
      static const int mcu_width[SAMPLINGS] = { 8, 16, 16, 8, 32, 8 }, mcu_height[SAMPLINGS] = { 8, 8, 16, 16, 8, 8 };
      int interval = (width + mcu_width[sampling] - 1) / mcu_width[sampling] * (16 / mcu_height[sampling]);

      memcpy(joined, jpeg, (size_t)scan);
      joined[*height_at + 1] = 64;
      joined[scan] = 0xFF;
      joined[scan + 1] = 0xDD;
      joined[scan + 2] = 0;
      joined[scan + 3] = 4;
      joined[scan + 4] = (unsigned char)(interval >> 8);
      joined[scan + 5] = (unsigned char)interval;
      memcpy(joined + scan + 6, jpeg + scan, (size_t)(begin - scan));
      end = *headers = begin + 6;
    } else {
      joined[end - 1] = (unsigned char)(0xD0 + k - 1);
    }
    memcpy(joined + end, jpeg + begin, (size_t)(size - begin));
    end += size - begin;
  }
  return end;
}

static void check_bands(void)
{
  static const int rows_of_mcus[SAMPLINGS] = { 2, 2, 1, 1, 2, 2 };
  int sampling, fast, height_at = 0, headers = 0, k, stride = 131 * 3;

  for (sampling = 0; sampling < SAMPLINGS; sampling++)
    for (fast = 0; fast < 2; fast++) {
      int size = encode_strips(sampling, &height_at, &headers);
      int context = !fast && (sampling == 2 || sampling == 3);
      int32_t restarts[3];

      if (ngj.find_restarts(NULL, NULL, ADDRESS(joined), size, headers, ADDRESS(restarts), 3) != 3) {
        fprintf(stderr, "golden: the restart markers were not found\n");
        exit(3);
      }
      decode(joined, size, decoded, 131, 64, stride, 1, 1, fast);
      for (k = 0; k < 4; k++) {
        int first = context && k > 0 ? k - 1 : k;

        if (ngj.decode_band(NULL, NULL, decoder, ADDRESS(joined), size, headers, height_at, rows_of_mcus[sampling], first,
                            first == 0 ? headers : restarts[first - 1], k == 3 ? size : restarts[k], 64 - 16 * first,
                            16 * (k - first), 16, 1, 0, 0, ADDRESS(banded + k * 16 * stride), 131, stride, 1, 1 | fast << 1,
                            64 << 20) < 0)
          binding_fail(decoder, "band");
      }
      if (memcmp(decoded, banded, (size_t)(64 * stride)) != 0) {
        fprintf(stderr, "golden: bands of %s gave other pixels\n", sampling_names[sampling]);
        exit(3);
      }
    }
}

static void fail(const char *what)
{
  fprintf(stderr, "golden: %s\n", what);
  exit(3);
}

static void view(int size, int scale, int left, int top, int columns, int rows, unsigned char *output, int stride, int fast)
{
  if (ngj.decode_view(NULL, NULL, decoder, ADDRESS(joined), size, scale, left, top, columns, rows, ADDRESS(output), 131, 64,
                      stride, 1, 1 | fast << 1, 64 << 20) < 0)
    binding_fail(decoder, "view");
}

/* Pictures at each scale, whose sums are those of x86-64, and parts of them. */
static void check_views(void)
{
  static const uint32_t expected[] = { 0x5648C3DD, 0x7AA618A2, 0xFB4DFBD3, 0xFA3C8401 };
  int halvings, sampling, fast, height_at = 0, headers = 0, row;

  for (halvings = 0; halvings < 4; halvings++) {
    int scale = 1 << halvings, width = (131 + scale - 1) / scale, height = 64 / scale, stride = width * 3;
    int left = width / 3, top = height / 4, columns = width / 2, rows = height / 2;
    uint32_t sum = 0;

    for (sampling = 0; sampling < SAMPLINGS; sampling++)
      for (fast = 0; fast < 2; fast++) {
        int size = encode_strips(sampling, &height_at, &headers);

        view(size, scale, 0, 0, width, height, decoded, stride, fast);
        sum = crc(sum, decoded, (size_t)(stride * height));
        view(size, scale, left, top, columns, rows, banded, columns * 3, fast);
        for (row = 0; row < rows; row++)
          if (memcmp(banded + row * columns * 3, decoded + (top + row) * stride + left * 3, (size_t)(columns * 3)) != 0)
            fail("a part is not that of the whole");
      }
    if (sum != expected[halvings]) {
      fprintf(stderr, "golden: pictures at 1/%d sum up to %08x\n", scale, sum);
      exit(3);
    }
  }
}

/* Strips encoded in one go are those encoded one by one, and what is kept is told from what changed. */
static void check_reuse(void)
{
  int stride = 131 * 3 + PADDING, length = 131 * 3, row, size;
  unsigned char *kept = (unsigned char *)(intptr_t)ngj.keep(NULL, NULL, encoder, (int64_t)(64 * length));

  if (kept == NULL) fail("there is no memory to keep a picture in");
  paint(pixels, 131, 64, length, stride);
  ngj.copy_rows(NULL, NULL, ADDRESS(kept), length, ADDRESS(pixels), stride, length, 64);
  if (!ngj.same_rows(NULL, NULL, ADDRESS(kept), length, ADDRESS(pixels), stride, length, 64)) fail("a copy is not the same");
  for (row = 0; row < 64; row++) {
    pixels[row * stride + row * 6] ^= 1;
    if (ngj.same_rows(NULL, NULL, ADDRESS(kept), length, ADDRESS(pixels), stride, length, 64)) fail("a change was not seen");
    pixels[row * stride + row * 6] ^= 1;
    pixels[row * stride + length] ^= 1;
  }
  if (!ngj.same_rows(NULL, NULL, ADDRESS(kept), length, ADDRESS(pixels), stride, length, 64)) fail("padding was looked at");
  size = ngj.encode(NULL, NULL, encoder, ADDRESS(kept), 131, 64, length, 1, 90, 2, 1, 1, 18, ADDRESS(jpeg), MAX_JPEG);
  if (size < 0) binding_fail(encoder, "encode strips");
  decode(jpeg, size, banded, 131, 64, length, 1, 1, 0);
  size = encode(kept, 131, 64, length, 1, 90, 1, 1, jpeg);
  decode(jpeg, size, decoded, 131, 64, length, 1, 1, 0);
  if (memcmp(banded, decoded, (size_t)(64 * length)) != 0) fail("restart markers change the pixels");
  if (ngj.keep(NULL, NULL, encoder, 0) != 0) fail("what was kept is not given back");
}
#endif

int main(int count, char **arguments)
{
  int format, sampling;

  start(count > 1 ? arguments[1] : NULL);
  for (format = 0; format < FORMATS; format++)
    for (sampling = 0; sampling < SAMPLINGS; sampling++)
      if (format != CMYK || sampling != GRAY_SAMPLING) print_line(format, sampling);
#if !defined(NGJ_REFERENCE)
  check_bands();
  check_views();
  check_reuse();
#endif
  return 0;
}
