/*
 * What libFuzzer drives: the core of netgear_jpeg.c with a JPEG that it invents. native/fuzz/run.sh builds and runs it.
 *
 * The last six bytes of an input are no part of the JPEG. They choose pixel format and flags, how many intervals make a band,
 * and which field of a band lies, and how. Each input goes through
 *   - decoding the whole, which must end in a picture without a byte of the filling left over, or in a negative code with a text;
 *   - the marker scan, from any byte, which must find what stands there;
 *   - bands, which must give the pixels of the whole, or decline;
 *   - one band that lies about where it is, which must stay within its rows;
 *   - a part of the picture, scaled or not, which must be that of the whole, or be refused where it lies outside.
 * Every buffer is a heap block of exactly the size needed, so that AddressSanitizer sees one byte too far.
 */
#define NGJ_WITHOUT_JNI
#include "../../src/main/c/netgear_jpeg.c"

enum { TRAILER = 6, MOST_PIXELS = 1 << 16, MOST_INTERVALS = 1 << 13 };

static const long max_memory = 64L << 20;

static ngj_session *decoder;

static void check(int holds, const char *what)
{
  if (holds) return;
  fprintf(stderr, "fuzz: %s (%s)\n", what, decoder->text);
  abort();
}

static unsigned char *block(size_t size, int filling)
{
  unsigned char *bytes = (unsigned char *)malloc(size);

  if (bytes == NULL) exit(3);
  memset(bytes, filling, size);
  return bytes;
}

typedef struct {
  const unsigned char *jpeg;
  int size, format, flags, width, height, frame;
  int headers, height_at, mcu_height, interval_rows, intervals, context;
} picture;

static int word(const unsigned char *at)
{
  return at[0] << 8 | at[1];
}

static int ceiling(int value, int divisor)
{
  return (value + divisor - 1) / divisor;
}

/* The size in the first frame header of any kind; gives 0 for none, or for more pixels than are worth the time. */
static int find_size(picture *it)
{
  int at = 2;

  while (at + 9 < it->size && it->jpeg[at] == 0xFF) {
    int code = it->jpeg[at + 1];

    if (code >= 0xC0 && code <= 0xCF && code != 0xC4 && code != 0xC8 && code != 0xCC) {
      it->frame = code;
      it->height = word(it->jpeg + at + 5);
      it->width = word(it->jpeg + at + 7);
      return it->width > 0 && it->height > 0 && it->width * (long)it->height <= MOST_PIXELS;
    }
    at += 2 + word(it->jpeg + at + 2);
  }
  return 0;
}

/* A frame header as io.netgear.codec.turbojpeg.RestartScan reads it. Gives the MCU's width, 0 for a header that it declines. */
static int read_frame_header(picture *it, const unsigned char *body, int length)
{
  int components, horizontal = 0, vertical = 0, least = 4, i;

  if (length < 8 || body[0] != 8) return 0;
  components = body[5];
  if (components == 0 || length != 8 + 3 * components || word(body + 1) != it->height || word(body + 3) != it->width) return 0;
  for (i = 0; i < components; i++) {
    int h = body[7 + 3 * i] >> 4, v = body[7 + 3 * i] & 15;

    if (h > horizontal) horizontal = h;
    if (v > vertical) vertical = v;
    if (v < least) least = v;
  }
  if (horizontal < 1 || horizontal > 4 || least < 1 || vertical > 4) return 0;
  if (components == 1 && (horizontal > 1 || vertical > 1)) return 0;
  it->mcu_height = 8 * vertical;
  it->context = least < vertical && !(it->flags & NGJ_FAST_UPSAMPLE);
  return 8 * horizontal;
}

/* The headers of a JPEG that Java would decode in bands; gives 0 for others. */
static int read_headers(picture *it)
{
  const unsigned char *jpeg = it->jpeg;
  int size = it->size < NGJ_BAND_HEADERS ? it->size : NGJ_BAND_HEADERS;
  int at = 2, interval = 0, components = 0, mcu_width = 0;

  while (at + 4 <= size && jpeg[at] == 0xFF) {
    int code = jpeg[at + 1], length = word(jpeg + at + 2), per_row;
    const unsigned char *body = jpeg + at + 4;

    if (length < 2 || at + 2 + length > size) return 0;
    switch (code) {
    case 0xC0:
    case 0xC1:
      if (components != 0 || (mcu_width = read_frame_header(it, body, length)) == 0) return 0;
      components = body[5];
      it->height_at = at + 5;
      break;
    case 0xDD:
      if (length != 4) return 0;
      interval = word(body);
      break;
    case 0xDA:
      if (length <= 2 || components == 0 || body[0] != components) return 0;
      per_row = ceiling(it->width, mcu_width);
      if (interval == 0 || interval % per_row != 0) return 0;
      it->headers = at + 2 + length;
      it->interval_rows = interval / per_row;
      it->intervals = ceiling(ceiling(it->height, it->mcu_height), it->interval_rows);
      return it->intervals > 1 && it->intervals <= MOST_INTERVALS;
    default:
      if (code == 0xFF || code < 0xC4 || (code != 0xC4 && code < 0xDB)) return 0;
    }
    at += 2 + length;
  }
  return 0;
}

static int decode_whole(const picture *it, unsigned char *pixels)
{
  int stride = it->width * ngj_formats[it->format].bytes, code;

  decoder->text[0] = 0;
  code = ngj_decode(decoder, it->jpeg, it->size, pixels, it->width, it->height, stride, it->format, it->flags, max_memory);
  check(code == 0 || (code < 0 && decoder->text[0] != 0), "a failure has no text");
  check(code == 0 || (decoder->offset >= 0 && decoder->offset <= it->size), "a failure lies outside of the data");
  return code;
}

static void check_restarts(const picture *it, const int *restarts, int found, int from)
{
  int i;

  for (i = 0; i < found; i++) {
    check(restarts[i] >= from + 2 && restarts[i] <= it->size, "a restart marker lies outside of the data");
    check(it->jpeg[restarts[i] - 2] == 0xFF && it->jpeg[restarts[i] - 1] == 0xD0 + (i & 7), "no restart marker is there");
    check(i == 0 || restarts[i] > restarts[i - 1], "restart markers go back");
  }
}

static int *find_restarts(const picture *it, int from, int capacity, int *found)
{
  int *restarts = (int *)block(sizeof(int) * (size_t)capacity, 0);

  *found = ngj_find_restarts(it->jpeg, it->size, from, restarts, capacity);
  check(*found >= -1 && *found <= capacity, "there are more restart markers than room");
  check_restarts(it, restarts, *found, from);
  return restarts;
}

static ngj_band band_of(const picture *it, const int *restarts, int wanted, int count)
{
  int first = wanted - (it->context && wanted > 0), next = wanted + count, rows = it->interval_rows * it->mcu_height;
  ngj_band band;

  if (next > it->intervals) next = it->intervals;
  band.headers = it->headers;
  band.height_at = it->height_at;
  band.interval_rows = it->interval_rows;
  band.first_interval = first;
  band.begin = first == 0 ? it->headers : restarts[first - 1];
  band.end = next == it->intervals ? it->size : restarts[next - 1];
  band.rest_height = it->height - first * rows;
  band.skipped = (wanted - first) * rows;
  band.rows = (it->height < next * rows ? it->height : next * rows) - wanted * rows;
  return band;
}

static int decode_band(const picture *it, const ngj_band *band, unsigned char *pixels)
{
  int stride = it->width * ngj_formats[it->format].bytes;

  return ngj_decode_band(decoder, it->jpeg, it->size, band, pixels, it->width, stride, it->format, it->flags, max_memory);
}

/* All bands, of so many intervals each. whole are the pixels of the whole, or NULL where that was refused. */
static void try_bands(const picture *it, const int *restarts, int count, const unsigned char *whole)
{
  size_t stride = (size_t)it->width * (size_t)ngj_formats[it->format].bytes;
  unsigned char *pixels = block(stride * (size_t)it->height, 0xC3);
  int i, declined = 0;

  for (i = 0; i < it->intervals; i += count) {
    ngj_band band = band_of(it, restarts, i, count);

    if (decode_band(it, &band, pixels + stride * (size_t)(i * it->interval_rows * it->mcu_height)) < 0) {
      declined = 1;
      break;
    }
  }
  check(declined || whole != NULL, "bands gave what the whole is refused for");
  check(declined || memcmp(pixels, whole, stride * (size_t)it->height) == 0, "bands gave other pixels than the whole");
  free(pixels);
}

static void try_lie(const picture *it, const int *restarts, int field, int value)
{
  ngj_band band = band_of(it, restarts, value % it->intervals, 1);
  int *fields = &band.headers;
  unsigned char *pixels;

  fields[field] = value & 1 ? fields[field] + (value >> 1) - (1 << 21) : value >> 1;
  if (band.rows < 1 || band.rows > it->height) {
    pixels = block(1, 0);
    check(decode_band(it, &band, pixels) < 0, "a band of no rows, or of more than there are, was decoded");
  } else {
    pixels = block((size_t)band.rows * (size_t)it->width * (size_t)ngj_formats[it->format].bytes, 0);
    decode_band(it, &band, pixels);
  }
  free(pixels);
}

/* A part at a scale, of which the choice says where it lies: somewhere in the picture, or anywhere at all. */
static void try_view(const picture *it, int scale, int value)
{
  int w = ngj_scaled(it->width, scale), h = ngj_scaled(it->height, scale), bytes = ngj_formats[it->format].bytes;
  ngj_view all = { scale, 0, 0, 0, 0 }, some = { scale, 0, 0, 0, 0 };
  unsigned char *whole = block((size_t)w * (size_t)h * (size_t)bytes, 0xA5), *part;
  int code, row, outside = (value & 15) == 15;

  some.left = (value >> 4) % w;
  some.columns = 1 + (value >> 9) % (w - some.left);
  some.top = (value >> 12) % h;
  some.rows = 1 + (value >> 17) % (h - some.top);
  if (outside) *(&some.left + (value >> 4) % 4) += value & 16 ? 1 << 30 : -(1 << 30);
  part = block((size_t)(outside ? 1 : some.columns * some.rows * bytes), 0x5A);
  decoder->text[0] = 0;
  code = ngj_decode_view(decoder, it->jpeg, it->size, &some, part, it->width, it->height, (ptrdiff_t)some.columns * bytes,
                         it->format, it->flags, max_memory);
  check(code == 0 || (code < 0 && decoder->text[0] != 0), "a part fails without a text");
  check(!outside || code < 0, "a part outside of the picture was decoded");
  /* Where scans of a progressive JPEG are left out, libjpeg smooths over blocks, by neighbours that a part may lack. */
  if (code == 0 && it->frame != 0xC2 &&
      ngj_decode_view(decoder, it->jpeg, it->size, &all, whole, it->width, it->height, (ptrdiff_t)w * bytes,
                                   it->format, it->flags, max_memory) == 0)
    for (row = 0; row < some.rows; row++)
      check(memcmp(part + (size_t)row * (size_t)(some.columns * bytes),
                   whole + ((size_t)(some.top + row) * (size_t)w + (size_t)some.left) * (size_t)bytes,
                   (size_t)(some.columns * bytes)) == 0, "a part is not that of the whole");
  free(whole);
  free(part);
}

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length);
size_t LLVMFuzzerMutate(uint8_t *data, size_t length, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t length, size_t most, unsigned seed);

/* Inserts bytes before a restart marker, or takes bytes away there: seldom done by chance, and what bands must see. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t length, size_t most, unsigned seed)
{
  size_t at = seed / 8 % (length + 1), count = 1 + seed / 64 % 5, searched;

  if (seed % 4 != 0) return LLVMFuzzerMutate(data, length, most);
  for (searched = 0; searched < length; searched++, at = (at + 1) % length)
    if (at + 1 < length && data[at] == 0xFF && (data[at + 1] & 0xF8) == 0xD0) break;
  if (searched == length) return LLVMFuzzerMutate(data, length, most);
  if (seed & 4) {
    if (length + count > most) return LLVMFuzzerMutate(data, length, most);
    memmove(data + at + count, data + at, length - at);
    LLVMFuzzerMutate(data + at, count, count);
    return length + count;
  }
  if (count > at) return LLVMFuzzerMutate(data, length, most);
  memmove(data + at - count, data + at, length - at);
  return length - count;
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
  (void)count; (void)arguments;
  decoder = ngj_open(1);
  return decoder == NULL ? 3 : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
  const uint8_t *choice = data + length - TRAILER;
  unsigned char *jpeg, *one, *two;
  picture it = { NULL, (int)length - TRAILER, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
  size_t bytes;
  int *restarts, found, value, code;

  if (it.size < 4) return -1;
  jpeg = block((size_t)it.size, 0);
  memcpy(jpeg, data, (size_t)it.size);
  it.jpeg = jpeg;
  it.format = choice[0] % NGJ_FORMATS;
  it.flags = choice[1] & 3;
  value = choice[3] << 16 | choice[4] << 8 | choice[5];
  free(find_restarts(&it, value % (it.size + 1), choice[2], &found));
  if (!find_size(&it)) {
    free(jpeg);
    return 0;
  }
  bytes = (size_t)it.width * (size_t)it.height * (size_t)ngj_formats[it.format].bytes;
  one = block(bytes, 0xA5);
  two = block(bytes, 0x5A);
  code = decode_whole(&it, one);
  if (code == 0) {
    check(decode_whole(&it, two) == 0, "the same JPEG failed the second time");
    check(memcmp(one, two, bytes) == 0, "pixels were left undecoded");
  }
  /* Java refuses other frames before they get here; libjpeg gives lossless ones whole, whatever scale is asked for. */
  if (it.frame <= 0xC2 && (code == 0 || choice[3] < 64)) try_view(&it, 1 << (choice[2] & 3), value);
  if (read_headers(&it)) {
    restarts = find_restarts(&it, it.headers, it.intervals - 1, &found);
    if (found == it.intervals - 1) {
      try_bands(&it, restarts, 1 + choice[1] / 4 % it.intervals, code == 0 ? one : NULL);
      try_lie(&it, restarts, choice[2] % (int)(sizeof(ngj_band) / sizeof(int)), value);
    }
    free(restarts);
  }
  free(one);
  free(two);
  free(jpeg);
  return 0;
}
