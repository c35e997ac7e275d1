/*
 * Prints checksums of many JPEGs and of what they decode to: one line for each pixel format and subsampling.
 *
 *   golden                 through the TurboJPEG API of the same libjpeg-turbo, if compiled with NGJ_REFERENCE
 *   golden LIBRARY         through the functions that Java calls, in the library of that name
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
                        horizontal[sampling], vertical[sampling], fast_dct ? 1 : 0, ADDRESS(output), MAX_JPEG);

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

int main(int count, char **arguments)
{
  int format, sampling;

  start(count > 1 ? arguments[1] : NULL);
  for (format = 0; format < FORMATS; format++)
    for (sampling = 0; sampling < SAMPLINGS; sampling++)
      if (format != CMYK || sampling != GRAY_SAMPLING) print_line(format, sampling);
  return 0;
}
