/*
 * Times encoding or decoding in a C loop over the very library and functions that Java calls, for comparison with Java.
 *
 *   cc -O2 -o cloop native/cloop.c -ldl
 *   cloop LIBRARY encode WIDTH HEIGHT QUALITY HORIZONTAL VERTICAL FLAGS RAW_BGR_FILE
 *   cloop LIBRARY decode WIDTH HEIGHT QUALITY HORIZONTAL VERTICAL FLAGS JPEG_FILE
 *
 * HORIZONTAL and VERTICAL are luma sampling factors: 2 1 is 4:2:2, 2 2 is 4:2:0, 1 1 is 4:4:4, 0 0 a gray JPEG. FLAGS: 1 fast
 * DCT, 2 fast upsampling. Pixels are BGR without padding; decoding ignores quality and sampling and writes the same destination
 * every time. Prints "ready BYTES", BYTES being the JPEG's size; then for each line N on standard input runs N frames and prints
 * their nanoseconds by the clock and of processor time, so that whoever asks can alternate the two sides. Ends with the input.
 */
#include <time.h>

#include "binding.h"

static int64_t now(clockid_t clock)
{
  struct timespec time;

  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static unsigned char *read_file(const char *path, int32_t *size)
{
  FILE *file = fopen(path, "rb");
  unsigned char *bytes;
  long length;

  if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (length = ftell(file)) < 0) {
    perror(path);
    exit(2);
  }
  rewind(file);
  bytes = malloc((size_t)length + 1);
  if (bytes == NULL || fread(bytes, 1, (size_t)length, file) != (size_t)length) {
    perror(path);
    exit(2);
  }
  fclose(file);
  *size = (int32_t)length;
  return bytes;
}

static int encodes, width, height, quality, horizontal, vertical, flags;
static int32_t input_size, capacity;
static unsigned char *input, *output;
static int64_t session;

static int32_t run_frame(void)
{
  return encodes ? ngj.encode(NULL, NULL, session, ADDRESS(input), width, height, width * 3, 1, quality, horizontal,
                              vertical, flags, 0, ADDRESS(output), capacity)
                 : ngj.decode(NULL, NULL, session, ADDRESS(input), input_size, ADDRESS(output), width, height,
                              width * 3, 1, flags, (int64_t)64 << 20);
}

int main(int count, char **arguments)
{
  int32_t result;
  char line[64];

  if (count != 10 || (strcmp(arguments[2], "encode") != 0 && strcmp(arguments[2], "decode") != 0)) {
    fprintf(stderr, "usage: cloop LIBRARY encode|decode WIDTH HEIGHT QUALITY HORIZONTAL VERTICAL FLAGS FILE\n");
    return 2;
  }
  binding_load(arguments[1]);
  encodes = strcmp(arguments[2], "encode") == 0;
  width = atoi(arguments[3]);
  height = atoi(arguments[4]);
  quality = atoi(arguments[5]);
  horizontal = atoi(arguments[6]);
  vertical = atoi(arguments[7]);
  flags = atoi(arguments[8]);
  input = read_file(arguments[9], &input_size);
  if (encodes && input_size < width * height * 3) {
    fprintf(stderr, "%s is too short for %dx%d BGR\n", arguments[9], width, height);
    return 2;
  }
  capacity = encodes ? width * height * 6 + 65536 : width * height * 3;
  output = calloc(1, (size_t)capacity);
  session = ngj.open(NULL, NULL, encodes ? 0 : 1);
  if (output == NULL || session == 0) return 3;

  result = run_frame();
  if (result < 0) binding_fail(session, arguments[2]);
  printf("ready %d\n", encodes ? result : input_size);
  fflush(stdout);
  while (fgets(line, sizeof(line), stdin) != NULL) {
    long frames = atol(line);
    int64_t begin = now(CLOCK_MONOTONIC);
    int64_t begin_cpu = now(CLOCK_THREAD_CPUTIME_ID);

    while (frames-- > 0)
      if (run_frame() < 0) binding_fail(session, arguments[2]);
    printf("%lld %lld\n", (long long)(now(CLOCK_MONOTONIC) - begin),
           (long long)(now(CLOCK_THREAD_CPUTIME_ID) - begin_cpu));
    fflush(stdout);
  }
  ngj.close(NULL, NULL, session);
  return 0;
}
