/*
 * JPEG for NetGear: the libjpeg API of libjpeg-turbo, one session per thread, behind a handful of static JNI functions.
 *
 * The file is whole because its two halves share one error path. The core (ngj_*) checks, calls libjpeg and gives back a
 * code; it knows no Java and is driven from C by native/driver.c under AddressSanitizer. The JNI half at the end only
 * changes types. Every libjpeg error and every warning ends in ngj_fail, which jumps back into the core function that was
 * called: nothing aborts, prints, or jumps over a Java frame.
 *
 * A warning is an error here: libjpeg-turbo warns where the entropy-coded data is damaged and then goes on with invented
 * coefficients, and an invented picture must not pass for the one that was sent.
 *
 * Compile with NGJ_WITHOUT_JNI for the core alone, and with NGJ_WITHOUT_SIMD_QUERY against a shared libjpeg-turbo, whose
 * SIMD functions cannot be asked.
 */
#if !defined(_WIN32) && !defined(_DEFAULT_SOURCE)
#define _DEFAULT_SOURCE /* for MAP_ANONYMOUS */
#endif
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <sys/mman.h>
#endif

#define JPEG_INTERNALS /* for the number of the next restart marker and for what was skipped before it */
#include <jpeglib.h>
#include <jerror.h>

#if defined(_WIN32)
/* Without a frame, longjmp restores registers and unwinds nothing: the way back lies in this file and in libjpeg only. */
#define NGJ_SETJMP(buffer) _setjmp((buffer), NULL)
#define NGJ_LONGJMP(buffer) longjmp((buffer), 1)
#else
#define NGJ_SETJMP(buffer) _setjmp(buffer)
#define NGJ_LONGJMP(buffer) _longjmp((buffer), 1)
#endif

/* What a call gives back when it fails; the Java side has the same numbers. */
enum {
  NGJ_BAD_DATA = -1,      /* libjpeg met an error or a warning; text and offset say which and where */
  NGJ_OUTPUT_FULL = -2,   /* the JPEG does not fit the caller's buffer */
  NGJ_UNSUPPORTED = -3,   /* a JPEG of a kind that is not decoded, or colours that cannot be given */
  NGJ_WRONG_SIZE = -4,    /* the JPEG's size is not the frame's */
  NGJ_OUT_OF_MEMORY = -5, /* the C heap or the memory limit of this call is used up */
  NGJ_BAND_ENDS = -6      /* never given back: a band's data was read to its end, which is what its last step is for */
};

/* NGJ_OPEN_END: a band ends with its rows, inside of an interval maybe; what follows is not looked at. */
enum { NGJ_FAST_DCT = 1, NGJ_FAST_UPSAMPLE = 2, NGJ_OPEN_END = 4 };

/* Scans that a progressive or multi-scan JPEG may have; libjpeg's own scripts have at most 18. */
enum { NGJ_MAX_SCANS = 32 };

/* Rows handed to libjpeg at once: above one iMCU row of every sampling. */
enum { NGJ_ROWS = 64 };

/* Longest headers, from SOI to the end of SOS, with which a JPEG is decoded in bands; ours have at most 629 bytes. */
enum { NGJ_BAND_HEADERS = 4096 };

typedef struct {
  struct jpeg_error_mgr errors;
  struct jpeg_source_mgr source;
  struct jpeg_destination_mgr destination;
  struct jpeg_progress_mgr progress;
  struct jpeg_compress_struct encoder;
  struct jpeg_decompress_struct decoder;
  jmp_buf escape;
  const JOCTET *input;      /* the JPEG being decoded, or NULL */
  size_t input_size;
  int band_ends;            /* the source ends where the band does, and getting there is no error */
  int interval_rows;        /* MCU rows of a restart interval where libjpeg is told of restarts row by row, else 0 */
  int restarted;            /* the first row of the source stands behind a restart marker */
  JOCTET headers[NGJ_BAND_HEADERS];
  JOCTET *output;           /* the caller's buffer, or NULL */
  size_t output_size;
  JOCTET spill[64];         /* takes the bytes behind a full output buffer, so that an exact fit is no overflow */
  int spilling;
  int decodes;
  int scale;                /* 1, 2, 4 or 8: pictures are decoded to one of so many pixels a side */
  void *kept;               /* what the caller remembers from frame to frame, or NULL */
  size_t kept_size;
  int code;
  long offset;              /* byte of the input that libjpeg had reached when it failed, -1 when encoding */
  char text[JMSG_LENGTH_MAX];
} ngj_session;

typedef struct {
  J_COLOR_SPACE space;
  int bytes;
} ngj_pixel_format;

/* In the order of io.netgear.codec.turbojpeg.NativeJpeg's codes. */
static const ngj_pixel_format ngj_formats[] = {
  { JCS_EXT_RGB, 3 },  { JCS_EXT_BGR, 3 },  { JCS_EXT_RGBX, 4 }, { JCS_EXT_BGRX, 4 },
  { JCS_EXT_XBGR, 4 }, { JCS_EXT_XRGB, 4 }, { JCS_GRAYSCALE, 1 }, { JCS_EXT_RGBA, 4 },
  { JCS_EXT_BGRA, 4 }, { JCS_EXT_ABGR, 4 }, { JCS_EXT_ARGB, 4 }, { JCS_CMYK, 4 }
};

enum { NGJ_FORMATS = sizeof(ngj_formats) / sizeof(ngj_formats[0]) };

/* ---- errors ---------------------------------------------------------------------------------------------------- */

#if defined(__GNUC__)
__attribute__((noreturn, format(printf, 3, 4)))
#endif
static void ngj_fail(ngj_session *session, int code, const char *format, ...)
{
  va_list arguments;

  va_start(arguments, format);
  vsnprintf(session->text, sizeof(session->text), format, arguments);
  va_end(arguments);
  session->code = code;
  NGJ_LONGJMP(session->escape);
  abort(); /* not reached; tells compilers without the attribute */
}

static void ngj_fail_with_libjpeg_message(j_common_ptr common)
{
  char text[JMSG_LENGTH_MAX];
  int code = common->err->msg_code;

  (*common->err->format_message)(common, text);
  ngj_fail((ngj_session *)common->client_data,
           code == JERR_OUT_OF_MEMORY || code == JERR_NO_BACKING_STORE ? NGJ_OUT_OF_MEMORY : NGJ_BAD_DATA, "%s", text);
}

static void ngj_emit_message(j_common_ptr common, int level)
{
  if (level < 0) ngj_fail_with_libjpeg_message(common);
}

static void ngj_output_message(j_common_ptr common)
{
  (void)common; /* libjpeg's own prints to stderr */
}

/* ---- source: the caller's bytes, all there from the start -------------------------------------------------------- */

static void ngj_source_nothing(j_decompress_ptr decoder)
{
  (void)decoder;
}

static boolean ngj_source_is_empty(j_decompress_ptr decoder)
{
  ngj_session *session = (ngj_session *)decoder->client_data;

  if (session->band_ends) ngj_fail(session, NGJ_BAND_ENDS, "The band ends here");
  decoder->src->next_input_byte = session->input + session->input_size;
  decoder->src->bytes_in_buffer = 0;
  ngj_fail(session, NGJ_BAD_DATA, "The data ends before the picture does");
}

static void ngj_skip_input(j_decompress_ptr decoder, long count)
{
  if (count <= 0) return;
  if ((size_t)count > decoder->src->bytes_in_buffer) ngj_source_is_empty(decoder);
  decoder->src->next_input_byte += count;
  decoder->src->bytes_in_buffer -= (size_t)count;
}

static void ngj_watch_scans(j_common_ptr common)
{
  int scan = ((j_decompress_ptr)common)->input_scan_number;

  if (scan > NGJ_MAX_SCANS)
    ngj_fail((ngj_session *)common->client_data, NGJ_UNSUPPORTED, "The JPEG has more than %d scans", NGJ_MAX_SCANS);
}

/* ---- destination: the caller's buffer, never grown ---------------------------------------------------------------- */

static void ngj_destination_begins(j_compress_ptr encoder)
{
  ngj_session *session = (ngj_session *)encoder->client_data;

  session->spilling = 0;
  encoder->dest->next_output_byte = session->output;
  encoder->dest->free_in_buffer = session->output_size;
}

#if defined(__GNUC__)
__attribute__((noreturn))
#endif
static void ngj_output_is_full(ngj_session *session)
{
  ngj_fail(session, NGJ_OUTPUT_FULL, "The JPEG needs more than the %lu bytes that the output holds",
           (unsigned long)session->output_size);
}

static boolean ngj_destination_is_full(j_compress_ptr encoder)
{
  ngj_session *session = (ngj_session *)encoder->client_data;

  if (session->spilling) ngj_output_is_full(session);
  session->spilling = 1;
  encoder->dest->next_output_byte = session->spill;
  encoder->dest->free_in_buffer = sizeof(session->spill);
  return TRUE;
}

static void ngj_destination_ends(j_compress_ptr encoder)
{
  ngj_session *session = (ngj_session *)encoder->client_data;

  if (session->spilling && encoder->dest->free_in_buffer < sizeof(session->spill)) ngj_output_is_full(session);
}

/* ---- core -------------------------------------------------------------------------------------------------------- */

static void ngj_create_decoder(ngj_session *session)
{
  session->decoder.err = &session->errors;
  session->decoder.client_data = session;
  jpeg_create_decompress(&session->decoder);
  session->decoder.src = &session->source;
}

/*
 * Memory that comes from the system in whole pages and goes back to it at once: the C heap would hold on to blocks of some
 * megabytes. Pages that nobody writes take no room.
 */
static void *ngj_take_pages(size_t size)
{
#if defined(_WIN32)
  return VirtualAlloc(NULL, size, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
#else
  void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return pages == MAP_FAILED ? NULL : pages;
#endif
}

static void ngj_give_back_pages(void *pages, size_t size)
{
#if defined(_WIN32)
  (void)size;
  VirtualFree(pages, 0, MEM_RELEASE);
#else
  munmap(pages, size);
#endif
}

/*
 * Gives size bytes of the session's, for what the caller remembers from frame to frame, in place of those of the last call;
 * size 0 gives them back. NULL when there are none.
 */
static void *ngj_keep(ngj_session *session, size_t size)
{
  if (session->kept != NULL) ngj_give_back_pages(session->kept, session->kept_size);
  session->kept = size == 0 ? NULL : ngj_take_pages(size);
  session->kept_size = size;
  return session->kept;
}

/* 1 when rows of length bytes are the same here and there, 0 at the first that differs. */
static int ngj_same_rows(const unsigned char *one, ptrdiff_t one_stride, const unsigned char *other,
                         ptrdiff_t other_stride, size_t length, int rows)
{
  if (one_stride == (ptrdiff_t)length && other_stride == (ptrdiff_t)length)
    return memcmp(one, other, length * (size_t)rows) == 0;
  for (; rows > 0; rows--, one += one_stride, other += other_stride)
    if (memcmp(one, other, length) != 0) return 0;
  return 1;
}

static void ngj_copy_rows(unsigned char *to, ptrdiff_t to_stride, const unsigned char *from, ptrdiff_t from_stride,
                          size_t length, int rows)
{
  if (to_stride == (ptrdiff_t)length && from_stride == (ptrdiff_t)length) {
    memcpy(to, from, length * (size_t)rows);
    return;
  }
  for (; rows > 0; rows--, to += to_stride, from += from_stride) memcpy(to, from, length);
}

static void ngj_close(ngj_session *session)
{
  if (session == NULL) return;
  ngj_keep(session, 0);
  if (session->decodes) jpeg_destroy_decompress(&session->decoder);
  else jpeg_destroy_compress(&session->encoder);
  free(session);
}

static int ngj_prepare(ngj_session *session, int decodes)
{
  session->decodes = decodes;
  session->offset = -1;
  jpeg_std_error(&session->errors);
  session->errors.error_exit = ngj_fail_with_libjpeg_message;
  session->errors.emit_message = ngj_emit_message;
  session->errors.output_message = ngj_output_message;
  session->source.init_source = ngj_source_nothing;
  session->source.fill_input_buffer = ngj_source_is_empty;
  session->source.skip_input_data = ngj_skip_input;
  session->source.resync_to_restart = jpeg_resync_to_restart;
  session->source.term_source = ngj_source_nothing;
  session->destination.init_destination = ngj_destination_begins;
  session->destination.empty_output_buffer = ngj_destination_is_full;
  session->destination.term_destination = ngj_destination_ends;
  session->progress.progress_monitor = ngj_watch_scans;
  if (NGJ_SETJMP(session->escape)) return session->code;
  if (decodes) {
    ngj_create_decoder(session);
  } else {
    session->encoder.err = &session->errors;
    session->encoder.client_data = session;
    jpeg_create_compress(&session->encoder);
    session->encoder.dest = &session->destination;
  }
  return 0;
}

/* Gives NULL when the C heap is used up. */
static ngj_session *ngj_open(int decodes)
{
  ngj_session *session = (ngj_session *)calloc(1, sizeof(ngj_session));

  if (session != NULL && ngj_prepare(session, decodes) < 0) {
    ngj_close(session);
    return NULL;
  }
  return session;
}

static void ngj_set_sampling(jpeg_component_info *component, int horizontal, int vertical)
{
  component->h_samp_factor = horizontal;
  component->v_samp_factor = vertical;
}

/*
 * Compresses height rows of width pixels, each stride bytes behind the last, into at most capacity bytes.
 * horizontal and vertical are the luma sampling factors (2 and 1 for 4:2:2); both 0 make a one-component JPEG. interval is
 * how many MCUs stand between restart markers; 0 for none.
 * Gives the JPEG's size in bytes, or a negative code.
 */
static int ngj_encode_strips(ngj_session *session, const unsigned char *pixels, int width, int height, ptrdiff_t stride,
                             int format, int quality, int horizontal, int vertical, int flags, int interval,
                             unsigned char *output, int capacity)
{
  j_compress_ptr encoder = &session->encoder;
  JSAMPROW rows[NGJ_ROWS];

  session->offset = -1;
  session->output = output;
  session->output_size = (size_t)capacity;
  if (NGJ_SETJMP(session->escape)) {
    jpeg_abort_compress(encoder);
    return session->code;
  }
  if (format < 0 || format >= NGJ_FORMATS || capacity <= 0 || width <= 0 || height <= 0 || interval < 0 ||
      interval > 65535)
    ngj_fail(session, NGJ_UNSUPPORTED, "Pixel format %d, %dx%d pixels, %d bytes of output cannot be encoded", format,
             width, height, capacity);

  encoder->image_width = (JDIMENSION)width;
  encoder->image_height = (JDIMENSION)height;
  encoder->in_color_space = ngj_formats[format].space;
  encoder->input_components = ngj_formats[format].bytes;
  jpeg_set_defaults(encoder);
  jpeg_set_quality(encoder, quality, TRUE);
  encoder->dct_method = (flags & NGJ_FAST_DCT) ? JDCT_FASTEST : JDCT_ISLOW;
  encoder->restart_interval = (unsigned)interval;
  if (horizontal == 0 || ngj_formats[format].space == JCS_GRAYSCALE) {
    jpeg_set_colorspace(encoder, JCS_GRAYSCALE);
    ngj_set_sampling(&encoder->comp_info[0], 1, 1);
  } else {
    jpeg_set_colorspace(encoder, ngj_formats[format].space == JCS_CMYK ? JCS_YCCK : JCS_YCbCr);
    ngj_set_sampling(&encoder->comp_info[0], horizontal, vertical);
    ngj_set_sampling(&encoder->comp_info[1], 1, 1);
    ngj_set_sampling(&encoder->comp_info[2], 1, 1);
    if (encoder->num_components > 3) ngj_set_sampling(&encoder->comp_info[3], horizontal, vertical);
  }

  jpeg_start_compress(encoder, TRUE);
  while (encoder->next_scanline < encoder->image_height) {
    JDIMENSION count = encoder->image_height - encoder->next_scanline;
    JDIMENSION row;

    if (count > NGJ_ROWS) count = NGJ_ROWS;
    for (row = 0; row < count; row++)
      rows[row] = (JSAMPROW)(pixels + (ptrdiff_t)(encoder->next_scanline + row) * stride);
    jpeg_write_scanlines(encoder, rows, count);
  }
  jpeg_finish_compress(encoder);
  return session->spilling ? capacity : capacity - (int)encoder->dest->free_in_buffer;
}

static void ngj_refuse_other_colours(ngj_session *session, int format)
{
  J_COLOR_SPACE held = session->decoder.jpeg_color_space;
  int holds_cmyk = held == JCS_CMYK || held == JCS_YCCK;
  int asks_cmyk = ngj_formats[format].space == JCS_CMYK;

  if (held == JCS_UNKNOWN || holds_cmyk != asks_cmyk)
    ngj_fail(session, NGJ_UNSUPPORTED, "A JPEG of %d component%s (%s) cannot be given in the colours asked for",
             session->decoder.num_components, session->decoder.num_components == 1 ? "" : "s",
             held == JCS_UNKNOWN ? "unknown colours" : holds_cmyk ? "CMYK" : held == JCS_GRAYSCALE ? "gray" : "colour");
}

/*
 * libjpeg's fast Huffman path is off while its restart_interval is not 0, which costs some 4 %. Where an interval is whole
 * rows of MCUs, that number is therefore set for the first row of an interval only, when the marker is due, and counts
 * that row. Serial decoding and bands do the same, so that they take the same path for every MCU and agree about damaged
 * data too.
 *
 * To be called before each step that may decode a row; libjpeg decodes at most one in a step.
 */
static void ngj_expect_restart(ngj_session *session)
{
  j_decompress_ptr decoder = &session->decoder;
  JDIMENSION row = decoder->input_iMCU_row;

  if (session->interval_rows == 0) return;
  decoder->restart_interval =
    row == 0 ? (session->restarted ? decoder->MCUs_per_row : 0)
             : row % (JDIMENSION)session->interval_rows == 0 ? decoder->MCUs_per_row : 0;
}

static void ngj_begin_rows(ngj_session *session)
{
  j_decompress_ptr decoder = &session->decoder;
  int one = decoder->num_components == 1;
  int mcu_width = DCTSIZE * (one ? 1 : decoder->max_h_samp_factor);
  unsigned per_row = (decoder->image_width + (JDIMENSION)mcu_width - 1) / (JDIMENSION)mcu_width;

  if (!jpeg_has_multiple_scans(decoder) && decoder->restart_interval > 0 && decoder->restart_interval % per_row == 0 &&
      (!one || decoder->max_v_samp_factor == 1)) {
    session->interval_rows = (int)(decoder->restart_interval / per_row);
    decoder->restart_interval = session->restarted ? per_row : 0;
  }
  jpeg_start_decompress(decoder);
}

/* Reads the headers of the source as it stands, refuses what is not decoded, and makes ready for the first row. */
static void ngj_start_decoding(ngj_session *session, int width, int height, int format, int flags, long max_memory)
{
  j_decompress_ptr decoder = &session->decoder;

  if (format < 0 || format >= NGJ_FORMATS) ngj_fail(session, NGJ_UNSUPPORTED, "There is no pixel format %d", format);
  jpeg_destroy_decompress(decoder);
  ngj_create_decoder(session);
  decoder->mem->max_memory_to_use = max_memory;
  jpeg_read_header(decoder, TRUE);
  if (decoder->image_width != (JDIMENSION)width || decoder->image_height != (JDIMENSION)height)
    ngj_fail(session, NGJ_WRONG_SIZE, "The JPEG holds %ux%u pixels, the frame %dx%d", decoder->image_width,
             decoder->image_height, width, height);
  if (decoder->data_precision != 8)
    ngj_fail(session, NGJ_UNSUPPORTED, "The JPEG has %d bits per sample, 8 are decoded", decoder->data_precision);
  if (decoder->arith_code) ngj_fail(session, NGJ_UNSUPPORTED, "The JPEG is arithmetic-coded, Huffman coding is decoded");
  ngj_refuse_other_colours(session, format);

  decoder->progress = jpeg_has_multiple_scans(decoder) ? &session->progress : NULL;
  decoder->out_color_space = ngj_formats[format].space;
  decoder->dct_method = (flags & NGJ_FAST_DCT) ? JDCT_FASTEST : JDCT_ISLOW;
  decoder->do_fancy_upsampling = (flags & NGJ_FAST_UPSAMPLE) ? FALSE : TRUE;
  decoder->scale_num = 1;
  decoder->scale_denom = (unsigned)session->scale;
}

static void ngj_prepare_source(ngj_session *session, const unsigned char *input, int size)
{
  session->offset = 0;
  session->input = input;
  session->input_size = size < 0 ? 0 : (size_t)size;
  session->band_ends = 0;
  session->interval_rows = 0;
  session->restarted = 0;
  session->scale = 1;
  session->source.next_input_byte = input;
  session->source.bytes_in_buffer = session->input_size;
}

/* What is wanted of a picture, in pixels of the scaled one. */
typedef struct {
  int scale;   /* 1, 2, 4 or 8: so many of its pixels a side make one */
  int left;
  int top;
  int columns; /* 0 for all that there are, and then left is 0 */
  int rows;    /* 0 for all that there are, and then top is 0 */
} ngj_view;

static int ngj_scaled(int size, int scale)
{
  return (size + scale - 1) / scale;
}

/*
 * Where libjpeg is to decode some columns only: the first, and how many.
 * Smooth upsampling looks at the column beside, so a whole MCU more on each side makes what is wanted what the whole gives.
 */
static JDIMENSION ngj_crop(ngj_session *session, int left, int columns)
{
  j_decompress_ptr decoder = &session->decoder;
  JDIMENSION margin = (JDIMENSION)(decoder->max_h_samp_factor * decoder->min_DCT_scaled_size);
  JDIMENSION begin = (JDIMENSION)left < margin ? 0 : (JDIMENSION)left - margin;
  JDIMENSION end = (JDIMENSION)(left + columns) + margin;
  JDIMENSION count;

  if (end > decoder->output_width) end = decoder->output_width;
  count = end - begin;
  jpeg_crop_scanline(decoder, &begin, &count);
  return begin;
}

/* Rows of a picture, or of some of its columns, one after the other. */
typedef struct {
  JSAMPARRAY scratch; /* a row of all that libjpeg decodes */
  size_t offset;      /* where in it the wanted columns begin, in bytes */
  size_t length;      /* bytes of the wanted columns; 0 when they are all */
} ngj_reader;

static ngj_reader ngj_make_reader(ngj_session *session, int left, int columns, int format, int needs_scratch)
{
  j_decompress_ptr decoder = &session->decoder;
  size_t bytes = (size_t)ngj_formats[format].bytes;
  int whole = columns == 0 || (left == 0 && columns == (int)decoder->output_width);
  ngj_reader reader = { NULL, 0, 0 };

  if (!whole) {
    if (left < 0 || columns < 0 || left > (int)decoder->output_width - columns)
      ngj_fail(session, NGJ_UNSUPPORTED, "Columns %d to %d lie outside of %u", left, left + columns,
               decoder->output_width);
    reader.offset = ((size_t)left - ngj_crop(session, left, columns)) * bytes;
    reader.length = (size_t)columns * bytes;
  }
  if (!whole || needs_scratch)
    reader.scratch = (*decoder->mem->alloc_sarray)((j_common_ptr)decoder, JPOOL_IMAGE,
                                                   decoder->output_width * (JDIMENSION)bytes, 1);
  return reader;
}

/* Reads on up to row end of the picture; from row first on to pixels, what comes before is thrown away. */
static void ngj_read_rows(ngj_session *session, const ngj_reader *reader, JDIMENSION first, JDIMENSION end,
                          unsigned char *pixels, ptrdiff_t stride)
{
  j_decompress_ptr decoder = &session->decoder;
  JSAMPROW rows[NGJ_ROWS];

  while (decoder->output_scanline < end) {
    JDIMENSION at = decoder->output_scanline, count = end - at, row;

    ngj_expect_restart(session);
    if (reader->length != 0) {
      if (jpeg_read_scanlines(decoder, reader->scratch, 1) == 1 && at >= first)
        memcpy(pixels + (ptrdiff_t)(at - first) * stride, reader->scratch[0] + reader->offset, reader->length);
      continue;
    }
    if (count > NGJ_ROWS) count = NGJ_ROWS;
    for (row = 0; row < count; row++)
      rows[row] = at + row < first ? reader->scratch[0] : pixels + (ptrdiff_t)(at + row - first) * stride;
    jpeg_read_scanlines(decoder, rows, count);
  }
}

/*
 * Decompresses what is wanted of a JPEG of exactly width x height pixels into rows that lie stride bytes apart. max_memory
 * bounds what libjpeg takes from the C heap, in bytes. Gives 0, or a negative code; the pixels are then partly written.
 * What lies below the wanted rows is not read.
 *
 * The decoder is made afresh each time (about a microsecond): libjpeg keeps the Huffman and quantisation tables of the
 * last JPEG, and one that lacks its tables must not be decoded with those of another.
 */
static int ngj_decode_view(ngj_session *session, const unsigned char *input, int size, const ngj_view *view,
                           unsigned char *pixels, int width, int height, ptrdiff_t stride, int format, int flags,
                           long max_memory)
{
  j_decompress_ptr decoder = &session->decoder;
  ngj_reader reader;
  JDIMENSION end;

  ngj_prepare_source(session, input, size);
  if (NGJ_SETJMP(session->escape)) {
    session->offset = (long)(session->source.next_input_byte - session->input);
    jpeg_abort_decompress(decoder);
    return session->code;
  }
  if ((view->scale != 1 && view->scale != 2 && view->scale != 4 && view->scale != 8) || view->top < 0 ||
      view->rows < 0 || view->top > ngj_scaled(height, view->scale) - view->rows || (view->rows == 0 && view->top != 0))
    ngj_fail(session, NGJ_UNSUPPORTED, "Rows %d to %d of %d at 1/%d cannot be given", view->top, view->top + view->rows,
             height, view->scale);
  session->scale = view->scale;
  ngj_start_decoding(session, width, height, format, flags, max_memory);
  /* To skip rows libjpeg decodes many in one step, in which it has to know of restarts by itself. */
  if (view->top > 0) jpeg_start_decompress(decoder);
  else ngj_begin_rows(session);
  end = view->rows == 0 ? decoder->output_height : (JDIMENSION)(view->top + view->rows);
  reader = ngj_make_reader(session, view->left, view->columns, format, 0);
  if (view->top > 0) jpeg_skip_scanlines(decoder, (JDIMENSION)view->top);
  ngj_read_rows(session, &reader, (JDIMENSION)view->top, end, pixels, stride);
  if (end < decoder->output_height) jpeg_abort_decompress(decoder);
  else jpeg_finish_decompress(decoder);
  return 0;
}

static const ngj_view ngj_whole = { 1, 0, 0, 0, 0 };

/* All of it. */
static int ngj_decode(ngj_session *session, const unsigned char *input, int size, unsigned char *pixels, int width,
                      int height, ptrdiff_t stride, int format, int flags, long max_memory)
{
  return ngj_decode_view(session, input, size, &ngj_whole, pixels, width, height, stride, format, flags, max_memory);
}

/*
 * Looks for the restart markers of a scan that begins at byte from and puts the offset behind each into offsets. Gives
 * how many they are when they come as RST0 to RST7 in turns and the scan ends with EOI, else -1: a marker of another kind
 * or out of turn, more markers than capacity, or no end.
 */
static int ngj_find_restarts(const unsigned char *input, int size, int from, int *offsets, int capacity)
{
  const unsigned char *at = input + from, *end = input + size;
  int found = 0;

  if (from < 0 || from > size) return -1;
  while (at < end && (at = (const unsigned char *)memchr(at, 0xFF, (size_t)(end - at))) != NULL && at + 1 < end) {
    int marker = at[1];

    at += 2;
    if (marker == 0) continue;
    if (marker == 0xD9) return found;
    if (marker != 0xD0 + (found & 7) || found == capacity) return -1;
    offsets[found++] = (int)(at - input);
  }
  return -1;
}

/*
 * A band: some restart intervals of a JPEG that is one scan of all its components, decoded as if the picture began there.
 * Offsets are bytes of the input.
 */
typedef struct {
  int headers;         /* bytes from SOI to the end of SOS */
  int height_at;       /* where in them the picture's height is */
  int interval_rows;   /* MCU rows of an interval */
  int first_interval;  /* how many intervals come before the band */
  int begin;           /* where the band's first interval begins */
  int end;             /* behind the restart marker that follows the band; behind everything for the last band */
  int rest_height;     /* rows from the band's first to the bottom of the picture, before scaling */
  int skipped;         /* rows, scaled, that are decoded for what upsampling needs of them, and thrown away */
  int rows;            /* rows after them, scaled, which are wanted */
} ngj_band;

/* Reads a copy of the headers in which the picture begins with the band, and sets the source to the band's first byte. */
static void ngj_start_band(ngj_session *session, const ngj_band *band, int scale, int width, int format, int flags,
                           long max_memory)
{
  j_decompress_ptr decoder = &session->decoder;
  int height, rows;

  if (band->headers < 4 || band->headers > NGJ_BAND_HEADERS || (size_t)band->headers > session->input_size ||
      band->height_at < 0 || band->height_at > band->headers - 2 || band->begin < band->headers ||
      band->end < band->begin || (size_t)band->end > session->input_size || band->interval_rows < 1 ||
      band->first_interval < 0 || band->skipped < 0 || band->rows < 1 || band->rest_height < 1 ||
      band->rest_height > 65535 || (scale != 1 && scale != 2 && scale != 4 && scale != 8) ||
      band->rows > ngj_scaled(band->rest_height, scale) - band->skipped)
    ngj_fail(session, NGJ_UNSUPPORTED, "The band lies outside of the JPEG");
  height = ngj_scaled(band->rest_height, scale);
  rows = band->skipped + band->rows;
  memcpy(session->headers, session->input, (size_t)band->headers);
  session->headers[band->height_at] = (JOCTET)(band->rest_height >> 8);
  session->headers[band->height_at + 1] = (JOCTET)band->rest_height;
  session->source.next_input_byte = session->headers;
  session->source.bytes_in_buffer = (size_t)band->headers;
  session->restarted = band->first_interval > 0;
  session->scale = scale;

  ngj_start_decoding(session, width, band->rest_height, format, flags, max_memory);
  if (session->source.bytes_in_buffer != 0)
    ngj_fail(session, NGJ_UNSUPPORTED, "The headers end before the band expects it");
  session->source.next_input_byte = session->input + band->begin;
  session->source.bytes_in_buffer = session->input_size - (size_t)band->begin;
  ngj_begin_rows(session);
  decoder->marker->next_restart_num = band->first_interval & 7;
  if (session->interval_rows != band->interval_rows)
    ngj_fail(session, NGJ_UNSUPPORTED, "The restart intervals are not those that the band expects");
  if (decoder->upsample->need_context_rows && session->restarted && band->skipped == 0)
    ngj_fail(session, NGJ_UNSUPPORTED, "The band has no rows for upsampling to look at");
  if (rows != height && !(flags & NGJ_OPEN_END) &&
      rows % (band->interval_rows * decoder->max_v_samp_factor * (DCTSIZE / scale)) != 0)
    ngj_fail(session, NGJ_UNSUPPORTED, "The band ends inside of an interval");
}

/*
 * Serial decoding would now meet the restart marker that follows the band, and would complain of bytes between. So has
 * this to: it goes for one MCU more, which checks the marker, and there the source ends.
 */
#if defined(__GNUC__)
__attribute__((noreturn))
#endif
static void ngj_end_band(ngj_session *session, const ngj_band *band, JSAMPROW scratch)
{
  j_decompress_ptr decoder = &session->decoder;
  const JOCTET *end = session->input + band->end;

  if (session->source.next_input_byte > end) ngj_fail(session, NGJ_BAD_DATA, "The band is longer than its data");
  session->source.bytes_in_buffer = (size_t)(end - session->source.next_input_byte);
  session->band_ends = 1;
  ngj_expect_restart(session);
  jpeg_read_scanlines(decoder, &scratch, 1);
  ngj_fail(session, NGJ_BAD_DATA, "The band goes on behind its end");
}

/*
 * Decompresses the rows that a band wants, stride bytes apart, to pixels. Gives 0 only where decoding the whole JPEG would
 * give these rows and have nothing to complain of in the band; any negative code says that serial decoding has to tell.
 * Of the view, scale and columns matter here.
 */
static int ngj_decode_band_view(ngj_session *session, const unsigned char *input, int size, const ngj_band *band,
                                const ngj_view *view, unsigned char *pixels, int width, ptrdiff_t stride, int format,
                                int flags, long max_memory)
{
  j_decompress_ptr decoder = &session->decoder;
  ngj_reader reader;
  JDIMENSION total = (JDIMENSION)(band->skipped + band->rows);

  ngj_prepare_source(session, input, size);
  if (NGJ_SETJMP(session->escape)) {
    int clean = session->code == NGJ_BAND_ENDS && decoder->marker->discarded_bytes == 0;

    session->offset = (long)band->begin;
    jpeg_abort_decompress(decoder);
    return clean ? 0 : session->code;
  }
  ngj_start_band(session, band, view->scale, width, format, flags, max_memory);
  reader = ngj_make_reader(session, view->left, view->columns, format, 1);
  ngj_read_rows(session, &reader, (JDIMENSION)band->skipped, total, pixels, stride);
  if (total == decoder->output_height) {
    jpeg_finish_decompress(decoder);
    return 0;
  }
  /* With context rows, the last row needed the first MCU row behind the marker, which has been checked by that. */
  if (!(flags & NGJ_OPEN_END) && !decoder->upsample->need_context_rows) ngj_end_band(session, band, reader.scratch[0]);
  if (decoder->marker->discarded_bytes != 0) ngj_fail(session, NGJ_BAD_DATA, "There are bytes before a restart marker");
  jpeg_abort_decompress(decoder);
  return 0;
}

/* 1 when libjpeg-turbo's SIMD code runs on this processor, 0 when not, -1 when it cannot be asked. */
#if defined(NGJ_WITHOUT_SIMD_QUERY)
static int ngj_simd(void)
{
  return -1;
}
#else
extern int jsimd_can_rgb_ycc(void); /* exists only in a libjpeg-turbo built with SIMD: without it nothing links */

static int ngj_simd(void)
{
  return jsimd_can_rgb_ycc() ? 1 : 0;
}
#endif

#if defined(NGJ_WITHOUT_JNI)
/* Encodes without restart markers. */
static int ngj_encode(ngj_session *session, const unsigned char *pixels, int width, int height, ptrdiff_t stride,
                      int format, int quality, int horizontal, int vertical, int flags, unsigned char *output,
                      int capacity)
{
  return ngj_encode_strips(session, pixels, width, height, stride, format, quality, horizontal, vertical, flags, 0,
                           output, capacity);
}

/* Decodes a band with all its columns, unscaled. */
static int ngj_decode_band(ngj_session *session, const unsigned char *input, int size, const ngj_band *band,
                           unsigned char *pixels, int width, ptrdiff_t stride, int format, int flags, long max_memory)
{
  return ngj_decode_band_view(session, input, size, band, &ngj_whole, pixels, width, stride, format, flags, max_memory);
}
#endif

/* ---- Java -------------------------------------------------------------------------------------------------------- */

#if !defined(NGJ_WITHOUT_JNI)
#include <jni.h>

#define NGJ_JNI(type, name) JNIEXPORT type JNICALL Java_io_netgear_codec_turbojpeg_NativeJpeg_##name
#define NGJ_SESSION(handle) ((ngj_session *)(intptr_t)(handle))

/* Only addressOf touches env, so that native/cloop.c times these very functions with none. */

NGJ_JNI(jlong, addressOf)(JNIEnv *env, jclass type, jobject buffer)
{
  (void)type;
  return (jlong)(intptr_t)(*env)->GetDirectBufferAddress(env, buffer);
}

/* Goes up with every change to these functions, so that a library of another build is refused and not called wrongly. */
NGJ_JNI(jint, contract)(JNIEnv *env, jclass type)
{
  (void)env; (void)type;
  return 3;
}

NGJ_JNI(jint, version)(JNIEnv *env, jclass type)
{
  (void)env; (void)type;
  return LIBJPEG_TURBO_VERSION_NUMBER;
}

NGJ_JNI(jint, simd)(JNIEnv *env, jclass type)
{
  (void)env; (void)type;
  return ngj_simd();
}

NGJ_JNI(jlong, open)(JNIEnv *env, jclass type, jint decodes)
{
  (void)env; (void)type;
  return (jlong)(intptr_t)ngj_open(decodes);
}

NGJ_JNI(void, close)(JNIEnv *env, jclass type, jlong handle)
{
  (void)env; (void)type;
  ngj_close(NGJ_SESSION(handle));
}

NGJ_JNI(jint, encode)(JNIEnv *env, jclass type, jlong handle, jlong pixels, jint width, jint height, jlong stride,
                      jint format, jint quality, jint horizontal, jint vertical, jint flags, jint interval,
                      jlong output, jint capacity)
{
  (void)env; (void)type;
  return ngj_encode_strips(NGJ_SESSION(handle), (const unsigned char *)(intptr_t)pixels, width, height,
                           (ptrdiff_t)stride, format, quality, horizontal, vertical, flags, interval,
                           (unsigned char *)(intptr_t)output, capacity);
}

static long ngj_long(jlong number)
{
  return number > INT32_MAX && sizeof(long) == 4 ? INT32_MAX : (long)number;
}

NGJ_JNI(jint, decode)(JNIEnv *env, jclass type, jlong handle, jlong input, jint size, jlong pixels, jint width,
                      jint height, jlong stride, jint format, jint flags, jlong max_memory)
{
  (void)env; (void)type;
  return ngj_decode(NGJ_SESSION(handle), (const unsigned char *)(intptr_t)input, size,
                    (unsigned char *)(intptr_t)pixels, width, height, (ptrdiff_t)stride, format, flags,
                    ngj_long(max_memory));
}

NGJ_JNI(jint, decodeView)(JNIEnv *env, jclass type, jlong handle, jlong input, jint size, jint scale, jint left,
                          jint top, jint columns, jint rows, jlong pixels, jint width, jint height, jlong stride,
                          jint format, jint flags, jlong max_memory)
{
  ngj_view view = { scale, left, top, columns, rows };

  (void)env; (void)type;
  return ngj_decode_view(NGJ_SESSION(handle), (const unsigned char *)(intptr_t)input, size, &view,
                         (unsigned char *)(intptr_t)pixels, width, height, (ptrdiff_t)stride, format, flags,
                         ngj_long(max_memory));
}

NGJ_JNI(jlong, keep)(JNIEnv *env, jclass type, jlong handle, jlong size)
{
  (void)env; (void)type;
  return (jlong)(intptr_t)ngj_keep(NGJ_SESSION(handle), (size_t)size);
}

NGJ_JNI(jint, sameRows)(JNIEnv *env, jclass type, jlong one, jlong one_stride, jlong other, jlong other_stride,
                        jint length, jint rows)
{
  (void)env; (void)type;
  return ngj_same_rows((const unsigned char *)(intptr_t)one, (ptrdiff_t)one_stride,
                       (const unsigned char *)(intptr_t)other, (ptrdiff_t)other_stride, (size_t)length, rows);
}

NGJ_JNI(void, copyRows)(JNIEnv *env, jclass type, jlong to, jlong to_stride, jlong from, jlong from_stride, jint length,
                        jint rows)
{
  (void)env; (void)type;
  ngj_copy_rows((unsigned char *)(intptr_t)to, (ptrdiff_t)to_stride, (const unsigned char *)(intptr_t)from,
                (ptrdiff_t)from_stride, (size_t)length, rows);
}

/* Writes offsets, of four bytes each, to the address given. */
NGJ_JNI(jint, findRestarts)(JNIEnv *env, jclass type, jlong input, jint size, jint from, jlong offsets, jint capacity)
{
  (void)env; (void)type;
  return ngj_find_restarts((const unsigned char *)(intptr_t)input, size, from, (int *)(intptr_t)offsets, capacity);
}

NGJ_JNI(jint, decodeBand)(JNIEnv *env, jclass type, jlong handle, jlong input, jint size, jint headers, jint height_at,
                          jint interval_rows, jint first_interval, jint begin, jint end, jint rest_height, jint skipped,
                          jint rows, jint scale, jint left, jint columns, jlong pixels, jint width, jlong stride,
                          jint format, jint flags, jlong max_memory)
{
  ngj_band band = { headers, height_at, interval_rows, first_interval, begin, end, rest_height, skipped, rows };
  ngj_view view = { scale, left, 0, columns, 0 };

  (void)env; (void)type;
  return ngj_decode_band_view(NGJ_SESSION(handle), (const unsigned char *)(intptr_t)input, size, &band, &view,
                              (unsigned char *)(intptr_t)pixels, width, (ptrdiff_t)stride, format, flags,
                              ngj_long(max_memory));
}

/* Copies the text of the last failure, without a closing zero; gives its length in bytes. */
NGJ_JNI(jint, errorText)(JNIEnv *env, jclass type, jlong handle, jlong output, jint capacity)
{
  const char *text = NGJ_SESSION(handle)->text;
  size_t length = strlen(text);

  (void)env; (void)type;
  if (length > (size_t)capacity) length = (size_t)capacity;
  memcpy((void *)(intptr_t)output, text, length);
  return (jint)length;
}

NGJ_JNI(jint, errorOffset)(JNIEnv *env, jclass type, jlong handle)
{
  (void)env; (void)type;
  return (jint)NGJ_SESSION(handle)->offset;
}
#endif
