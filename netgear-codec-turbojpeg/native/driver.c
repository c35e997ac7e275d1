/*
 * Drives the core of netgear_jpeg.c with hostile input, to be run under AddressSanitizer and UndefinedBehaviorSanitizer by
 * native/asan-test.sh. Every buffer is its own heap block of exactly the size needed, so that one byte too far is seen.
 *
 * Bands of a JPEG with restart markers, damaged in the same ways, must give what decoding the whole gives, or decline. Parts
 * of a picture, scaled or not, must be those of the whole, and no byte beside them may be touched.
 *
 * Each decode must end in a negative code with a text, or in a picture without a byte of the filling left over that a second
 * decode into other filling does not give again. Exits 1 when that does not hold.
 */
#define NGJ_WITHOUT_JNI
#include "../src/main/c/netgear_jpeg.c"

static ngj_session *encoder, *decoder;
static long decoded, refused, checks;

static void check(int holds, const char *what)
{
  checks++;
  if (!holds) {
    fprintf(stderr, "driver: %s (encoder: %s; decoder: %s)\n", what, encoder->text, decoder->text);
    exit(1);
  }
}

static unsigned char *block(size_t size, int filling)
{
  unsigned char *bytes = (unsigned char *)malloc(size);

  if (bytes == NULL) exit(3);
  memset(bytes, filling, size);
  return bytes;
}

static uint32_t random_state = 12345;

static uint32_t next_random(void)
{
  random_state ^= random_state << 13;
  random_state ^= random_state >> 17;
  random_state ^= random_state << 5;
  return random_state;
}

/* A JPEG in a block of its own size. */
static unsigned char *make_jpeg(int width, int height, int format, int quality, int horizontal, int vertical, int *size)
{
  int bytes = ngj_formats[format].bytes, i, count = width * height * bytes, capacity = count * 4 + 4096;
  unsigned char *pixels = block((size_t)count, 0), *output = block((size_t)capacity, 0), *exact;

  for (i = 0; i < count; i++) pixels[i] = (unsigned char)(i * 7 + (next_random() & 63));
  *size = ngj_encode(encoder, pixels, width, height, width * bytes, format, quality, horizontal, vertical, 1, output,
                     capacity);
  check(*size > 0, "encoding failed");
  exact = block((size_t)*size, 0);
  memcpy(exact, output, (size_t)*size);
  free(output);

  /* An exact fit is enough, one byte less is refused. */
  output = block((size_t)*size, 0);
  check(ngj_encode(encoder, pixels, width, height, width * bytes, format, quality, horizontal, vertical, 1, output,
                   *size) == *size, "an exactly fitting output was refused");
  check(memcmp(output, exact, (size_t)*size) == 0, "an exactly fitting output got another JPEG");
  free(output);
  output = block((size_t)(*size - 1), 0);
  check(ngj_encode(encoder, pixels, width, height, width * bytes, format, quality, horizontal, vertical, 1, output,
                   *size - 1) == NGJ_OUTPUT_FULL, "an output one byte short was not refused");
  free(output);
  free(pixels);
  return exact;
}

static int decode_once(const unsigned char *jpeg, int size, unsigned char *pixels, int width, int height, int format,
                       int flags)
{
  int code;

  decoder->text[0] = 0;
  code = ngj_decode(decoder, jpeg, size, pixels, width, height, (ptrdiff_t)width * ngj_formats[format].bytes, format,
                    flags, 64L << 20);
  check(code == 0 || (code < 0 && decoder->text[0] != 0), "a failure has no text");
  check(code == 0 || (decoder->offset >= 0 && decoder->offset <= size), "a failure lies outside of the data");
  return code;
}

static long views, refused_views;

/* While the JPEGs are those that an encoder made. */
static int good_jpeg;

/* A random part of the picture at a random scale, against the whole at that scale; pixels must be decodable when good. */
static void try_view(const unsigned char *jpeg, int size, int width, int height, int format, int flags, int good)
{
  int bytes = ngj_formats[format].bytes, scale = 1 << (next_random() & 3), row;
  int w = ngj_scaled(width, scale), h = ngj_scaled(height, scale);
  ngj_view all = { scale, 0, 0, 0, 0 }, some;
  unsigned char *whole = block((size_t)w * (size_t)h * (size_t)bytes, 0xA5), *part;
  int whole_code, code;

  some.scale = scale;
  some.columns = 1 + (int)(next_random() % (uint32_t)w);
  some.rows = 1 + (int)(next_random() % (uint32_t)h);
  some.left = (int)(next_random() % (uint32_t)(w - some.columns + 1));
  some.top = (int)(next_random() % (uint32_t)(h - some.rows + 1));
  part = block((size_t)some.columns * (size_t)some.rows * (size_t)bytes, 0x5A);
  whole_code = ngj_decode_view(decoder, jpeg, size, &all, whole, width, height, (ptrdiff_t)w * bytes, format, flags, 64L << 20);
  code = ngj_decode_view(decoder, jpeg, size, &some, part, width, height, (ptrdiff_t)some.columns * bytes, format, flags, 64L << 20);
  check(!good || (whole_code == 0 && code == 0), "a part of a good JPEG was refused");
  for (row = 0; whole_code == 0 && code == 0 && row < some.rows; row++)
    check(memcmp(part + (size_t)row * (size_t)(some.columns * bytes),
                 whole + ((size_t)(some.top + row) * (size_t)w + (size_t)some.left) * (size_t)bytes,
                 (size_t)(some.columns * bytes)) == 0, "a part is not that of the whole");
  if (code == 0) views++;
  else refused_views++;
  free(whole);
  free(part);
}

static int try_decode(const unsigned char *jpeg, int size, int width, int height, int format, int flags)
{
  size_t count = (size_t)width * (size_t)height * (size_t)ngj_formats[format].bytes;
  unsigned char *one = block(count, 0xA5), *two = block(count, 0x5A), *input = block((size_t)size, 0);
  int code;

  memcpy(input, jpeg, (size_t)size);
  code = decode_once(input, size, one, width, height, format, flags);
  if (code == 0) {
    decoded++;
    check(decode_once(input, size, two, width, height, format, flags) == 0, "the same JPEG failed the second time");
    check(memcmp(one, two, count) == 0, "pixels were left undecoded");
  } else {
    refused++;
  }
  try_view(input, size, width, height, format, flags, code == 0 && good_jpeg);
  free(one);
  free(two);
  free(input);
  return code;
}

/* Every truncation, and many flips, insertions and deletions of one JPEG. */
static void torment(const unsigned char *jpeg, int size, int width, int height, int format, int rounds)
{
  unsigned char *broken = block((size_t)size, 0);
  int i;

  for (i = 0; i < size; i++)
    check(try_decode(jpeg, i, width, height, format, i & 3) < 0, "a truncated JPEG was decoded");
  for (i = 0; i < rounds; i++) {
    int flips = 1 + (int)(next_random() % 4);

    memcpy(broken, jpeg, (size_t)size);
    while (flips-- > 0) broken[next_random() % (uint32_t)size] ^= (unsigned char)(1u << (next_random() & 7));
    try_decode(broken, size, width, height, format, i & 3);
  }
  for (i = 0; i < rounds / 4; i++) {
    int from = (int)(next_random() % (uint32_t)size), count = 1 + (int)(next_random() % 16);

    if (from + count > size) count = size - from;
    memcpy(broken, jpeg, (size_t)size);
    memmove(broken + from, broken + from + count, (size_t)(size - from - count));
    try_decode(broken, size - count, width, height, format, i & 3);
  }
  for (i = 0; i < rounds / 4; i++) {
    memcpy(broken, jpeg, (size_t)size);
    memset(broken + 2 + next_random() % (uint32_t)(size - 2), (int)next_random(), 1);
    broken[next_random() % 700 % (uint32_t)size] = (unsigned char)next_random();
    try_decode(broken, size, width, height, format, i & 3);
  }
  free(broken);
}

/* A JPEG of noise with a restart marker after each so many rows of MCUs, in a block of its own size. */
static unsigned char *make_restarts(int width, int height, int horizontal, int vertical, int rows, int *size)
{
  struct jpeg_error_mgr errors;
  struct jpeg_compress_struct maker;
  unsigned char *row = block((size_t)width * 3, 0), *output = NULL, *exact;
  unsigned long length = 0;
  int i;

  maker.err = jpeg_std_error(&errors);
  jpeg_create_compress(&maker);
  jpeg_mem_dest(&maker, &output, &length);
  maker.image_width = (JDIMENSION)width;
  maker.image_height = (JDIMENSION)height;
  maker.in_color_space = JCS_RGB;
  maker.input_components = 3;
  jpeg_set_defaults(&maker);
  if (horizontal == 0) jpeg_set_colorspace(&maker, JCS_GRAYSCALE);
  else ngj_set_sampling(&maker.comp_info[0], horizontal, vertical);
  maker.restart_in_rows = rows;
  jpeg_start_compress(&maker, TRUE);
  while (maker.next_scanline < maker.image_height) {
    for (i = 0; i < width * 3; i++) row[i] = (unsigned char)(i * 5 + (next_random() & 31));
    jpeg_write_scanlines(&maker, &row, 1);
  }
  jpeg_finish_compress(&maker);
  jpeg_destroy_compress(&maker);
  exact = block((size_t)length, 0);
  memcpy(exact, output, (size_t)length);
  *size = (int)length;
  free(output);
  free(row);
  return exact;
}

typedef struct {
  const unsigned char *jpeg;
  int width, height, mcu_height, interval_rows, context, headers, height_at, intervals;
} banded;

/* Where the headers of an undamaged JPEG end, and where its height is. */
static void find_headers(const unsigned char *jpeg, banded *picture)
{
  int at = 2;

  while (jpeg[at + 1] != 0xDA) {
    if (jpeg[at + 1] == 0xC0) picture->height_at = at + 5;
    at += 2 + (jpeg[at + 2] << 8 | jpeg[at + 3]);
  }
  picture->jpeg = jpeg;
  picture->headers = at + 2 + (jpeg[at + 2] << 8 | jpeg[at + 3]);
}

/* Decodes every interval as a band of its own. Gives how many were declined. */
static int decode_bands(const unsigned char *jpeg, int size, const banded *picture, int flags, const int *restarts,
                        unsigned char *pixels)
{
  int declined = 0, i;

  for (i = 0; i < picture->intervals; i++) {
    int overlap = picture->context && i > 0, first = i - overlap;
    int interval_height = picture->interval_rows * picture->mcu_height, top = i * interval_height;
    ngj_band band;

    band.headers = picture->headers;
    band.height_at = picture->height_at;
    band.interval_rows = picture->interval_rows;
    band.first_interval = first;
    band.begin = first == 0 ? picture->headers : restarts[first - 1];
    band.end = i == picture->intervals - 1 ? size : restarts[i];
    band.rest_height = picture->height - first * interval_height;
    band.skipped = overlap * interval_height;
    band.rows = picture->height - top < interval_height ? picture->height - top : interval_height;
    if (ngj_decode_band(decoder, jpeg, size, &band, pixels + (size_t)top * picture->width * 3, picture->width,
                        picture->width * 3, 1, flags, 64L << 20) < 0)
      declined++;
  }
  return declined;
}

static long banded_pictures, declined_pictures;

/*
 * Gives 1 when the bands gave a picture. Where the headers are damaged, nobody told the bands where what is in them, as Java
 * does: then only memory matters.
 */
static int try_bands(const unsigned char *jpeg, int size, const banded *picture, int flags)
{
  size_t count = (size_t)picture->width * (size_t)picture->height * 3;
  unsigned char *one = block(count, 0xA5), *whole = block(count, 0x5A), *input = block((size_t)size, 0);
  int *restarts = (int *)block(sizeof(int) * (size_t)picture->intervals, 0);
  int expected = picture->intervals - 1, given = 0;

  memcpy(input, jpeg, (size_t)size);
  if (size >= picture->headers &&
      ngj_find_restarts(input, size, picture->headers, restarts, expected) == expected &&
      decode_bands(input, size, picture, flags, restarts, one) == 0) {
    given = 1;
  }
  if (given && memcmp(input, picture->jpeg, (size_t)picture->headers) == 0) {
    check(decode_once(input, size, whole, picture->width, picture->height, 1, flags) == 0,
          "bands gave what the whole is refused for");
    check(memcmp(one, whole, count) == 0, "bands gave other pixels than the whole");
  }
  if (given) banded_pictures++;
  else declined_pictures++;
  free(one);
  free(whole);
  free(input);
  free(restarts);
  return given;
}

static void torment_bands(int width, int height, int horizontal, int vertical, int rows, int flags, int rounds)
{
  banded picture = { NULL, width, height, vertical == 2 ? 16 : 8, rows, vertical == 2 && !(flags & NGJ_FAST_UPSAMPLE), 0, 0, 0 };
  int size, i;
  unsigned char *jpeg = make_restarts(width, height, horizontal, vertical, rows, &size), *broken = block((size_t)size + 64, 0);

  find_headers(jpeg, &picture);
  picture.intervals = (height + rows * picture.mcu_height - 1) / (rows * picture.mcu_height);
  check(try_bands(jpeg, size, &picture, flags) == 1, "a good JPEG was not decoded in bands");
  for (i = 0; i < rounds; i++) {
    int at = (int)(next_random() % (uint32_t)size), length = 1 + (int)(next_random() % 9), changed = size;

    memcpy(broken, jpeg, (size_t)size);
    switch (next_random() % 5) {
    case 0:
      broken[at] ^= (unsigned char)(1u << (next_random() & 7));
      break;
    case 1:
      broken[at] = (unsigned char)next_random();
      broken[next_random() % (uint32_t)size] = (unsigned char)(0xD0 + (next_random() & 15));
      break;
    case 2:
      if (at + length > size) length = size - at;
      memmove(broken + at, broken + at + length, (size_t)(size - at - length));
      changed = size - length;
      break;
    case 3:
      memmove(broken + at + length, broken + at, (size_t)(size - at));
      while (length-- > 0) broken[at + length] = (unsigned char)next_random(), changed++;
      break;
    default: /* at a marker, where it hurts most */
      while (at > 0 && !(broken[at] == 0xFF && (broken[at + 1] & 0xF8) == 0xD0)) at--;
      memmove(broken + at + length, broken + at, (size_t)(size - at));
      while (length-- > 0) broken[at + length] = (unsigned char)next_random(), changed++;
    }
    try_bands(broken, changed, &picture, flags);
  }
  for (i = 0; i < size; i += 7) try_bands(jpeg, i, &picture, flags);
  free(broken);
  free(jpeg);
}

/* Bands that lie about where they are must be declined or stay within their rows. */
static void lie_about_bands(void)
{
  banded picture = { NULL, 40, 100, 8, 2, 0, 0, 0, 0 };
  int size, i, refused_lies = 0;
  unsigned char *jpeg = make_restarts(40, 100, 2, 1, 2, &size);

  find_headers(jpeg, &picture);
  for (i = 0; i < 3000; i++) {
    ngj_band band;
    int *field = &band.headers + next_random() % (sizeof(band) / sizeof(int));
    unsigned char *pixels;

    band.headers = picture.headers;
    band.height_at = picture.height_at;
    band.interval_rows = 2;
    band.first_interval = 0;
    band.begin = picture.headers;
    band.end = size;
    band.rest_height = 100;
    band.skipped = 0;
    band.rows = 32;
    *field = i % 2 ? (int)next_random() : (int)(next_random() % 200);
    pixels = block((size_t)(band.rows > 0 && band.rows <= 200 ? band.rows : 1) * 120, 0);
    if (ngj_decode_band(decoder, jpeg, size, &band, pixels, 40, 120, 1, 0, 64L << 20) < 0) refused_lies++;
    free(pixels);
  }
  check(refused_lies > 2000, "lies about bands were believed");
  free(jpeg);
}

static unsigned char *read_file(const char *path, int *size)
{
  FILE *file = fopen(path, "rb");
  unsigned char *bytes = block(1 << 20, 0);

  if (file == NULL) {
    perror(path);
    exit(3);
  }
  *size = (int)fread(bytes, 1, 1 << 20, file);
  fclose(file);
  return bytes;
}

/* The size in the first frame header, for JPEGs that other programs made. */
static int find_size(const unsigned char *jpeg, int size, int *width, int *height)
{
  int at = 2;

  while (at + 9 < size && jpeg[at] == 0xFF) {
    if (jpeg[at + 1] >= 0xC0 && jpeg[at + 1] <= 0xCF && jpeg[at + 1] != 0xC4 && jpeg[at + 1] != 0xC8 && jpeg[at + 1] != 0xCC) {
      *height = jpeg[at + 5] << 8 | jpeg[at + 6];
      *width = jpeg[at + 7] << 8 | jpeg[at + 8];
      return *width > 0 && *height > 0 && *width * *height < 1000000;
    }
    at += 2 + (jpeg[at + 2] << 8 | jpeg[at + 3]);
  }
  return 0;
}

int main(int count, char **arguments)
{
  static const int samplings[][2] = { { 1, 1 }, { 2, 1 }, { 2, 2 }, { 1, 2 }, { 4, 1 }, { 0, 0 } };
  static const int sizes[][2] = { { 1, 1 }, { 9, 7 }, { 33, 18 } };
  unsigned s, z;
  int format, i, rounds = 300;

  encoder = ngj_open(0);
  decoder = ngj_open(1);
  if (encoder == NULL || decoder == NULL) return 3;
  for (format = 0; format < NGJ_FORMATS; format++)
    for (s = 0; s < 6; s++)
      for (z = 0; z < 3; z++) {
        int size, width = sizes[z][0], height = sizes[z][1];
        unsigned char *jpeg;

        if (ngj_formats[format].space == JCS_CMYK && samplings[s][0] == 0) continue;
        jpeg = make_jpeg(width, height, format, 30 + 10 * (int)s, samplings[s][0], samplings[s][1], &size);
        good_jpeg = 1;
        for (i = 0; i < 4; i++) check(try_decode(jpeg, size, width, height, format, i) == 0, "a good JPEG was refused");
        good_jpeg = 0;
        check(try_decode(jpeg, size, width + 1, height, format, 0) == NGJ_WRONG_SIZE, "a wrong size was accepted");
        if (format == 1 || format == 6 || format == 11) torment(jpeg, size, width, height, format, rounds);
        free(jpeg);
      }
  for (i = 1; i < count; i++) {
    int size, width, height;
    unsigned char *jpeg = read_file(arguments[i], &size);

    if (find_size(jpeg, size, &width, &height)) {
      for (format = 0; format < NGJ_FORMATS; format++) try_decode(jpeg, size, width, height, format, format & 3);
      torment(jpeg, size, width, height, 1, rounds);
      torment(jpeg, size, width, height, 11, rounds / 4);
    }
    free(jpeg);
  }
  for (s = 0; s < 6; s++)
    for (i = 0; i < 4; i++)
      torment_bands(37 + 10 * i, 70 + 15 * i, samplings[s][0], samplings[s][1], 1 + i % 2, i, rounds);
  lie_about_bands();
  for (i = 0; i < 1500; i++) {
    int width = 1 + (int)(next_random() % 150), height = 1 + (int)(next_random() % 150), size;
    unsigned char *jpeg;

    s = next_random() % 6;
    jpeg = i % 3 == 0 && s < 5 ? make_restarts(width, height, samplings[s][0], samplings[s][1], 1 + i % 2, &size)
                               : make_jpeg(width, height, 1, 40 + i % 60, samplings[s][0], samplings[s][1], &size);
    try_view(jpeg, size, width, height, i % 4 == 0 ? 6 : 1, i & 3, 1);
    free(jpeg);
  }
  ngj_close(encoder);
  ngj_close(decoder);
  printf("driver: %ld pictures came in bands, %ld were declined\n", banded_pictures, declined_pictures);
  printf("driver: %ld parts were given, %ld were refused\n", views, refused_views);
  printf("driver: %ld checks held; %ld decodes gave a picture, %ld were refused\n", checks, decoded, refused);
  return 0;
}
