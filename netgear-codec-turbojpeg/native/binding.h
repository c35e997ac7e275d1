/*
 * The functions of a built library, found by name as the JVM finds them, for C programs. Only addressOf needs a JVM, so env and
 * class are NULL here.
 */
#ifndef NGJ_BINDING_H
#define NGJ_BINDING_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#include <windows.h>
#else
#include <dlfcn.h>
#endif

#define ADDRESS(pointer) ((int64_t)(intptr_t)(pointer))

static struct {
  int32_t (*version)(void *env, void *type);
  int32_t (*simd)(void *env, void *type);
  int64_t (*open)(void *env, void *type, int32_t decodes);
  void (*close)(void *env, void *type, int64_t session);
  int32_t (*encode)(void *env, void *type, int64_t session, int64_t pixels, int32_t width, int32_t height,
                    int64_t stride, int32_t format, int32_t quality, int32_t horizontal, int32_t vertical,
                    int32_t flags, int32_t interval, int64_t output, int32_t capacity);
  int32_t (*decode)(void *env, void *type, int64_t session, int64_t input, int32_t size, int64_t pixels, int32_t width,
                    int32_t height, int64_t stride, int32_t format, int32_t flags, int64_t max_memory);
  int32_t (*find_restarts)(void *env, void *type, int64_t input, int32_t size, int32_t from, int64_t offsets,
                           int32_t capacity);
  int32_t (*decode_band)(void *env, void *type, int64_t session, int64_t input, int32_t size, int32_t headers,
                         int32_t height_at, int32_t interval_rows, int32_t first_interval, int32_t begin, int32_t end,
                         int32_t rest_height, int32_t skipped, int32_t rows, int32_t scale, int32_t left,
                         int32_t columns, int64_t pixels, int32_t width, int64_t stride, int32_t format, int32_t flags,
                         int64_t max_memory);
  int32_t (*decode_view)(void *env, void *type, int64_t session, int64_t input, int32_t size, int32_t scale, int32_t left,
                         int32_t top, int32_t columns, int32_t rows, int64_t pixels, int32_t width, int32_t height,
                         int64_t stride, int32_t format, int32_t flags, int64_t max_memory);
  int64_t (*keep)(void *env, void *type, int64_t session, int64_t size);
  int32_t (*same_rows)(void *env, void *type, int64_t one, int64_t one_stride, int64_t other, int64_t other_stride,
                       int32_t length, int32_t rows);
  void (*copy_rows)(void *env, void *type, int64_t to, int64_t to_stride, int64_t from, int64_t from_stride, int32_t length,
                    int32_t rows);
  int32_t (*error_text)(void *env, void *type, int64_t session, int64_t output, int32_t capacity);
} ngj;

static void *binding_find(void *library, const char *name)
{
  char symbol[128];
  void *found;

  snprintf(symbol, sizeof(symbol), "Java_io_netgear_codec_turbojpeg_NativeJpeg_%s", name);
#if defined(_WIN32)
  {
    FARPROC address = GetProcAddress((HMODULE)library, symbol);
    memcpy(&found, &address, sizeof(found));
  }
#else
  found = dlsym(library, symbol);
#endif
  if (found == NULL) {
    fprintf(stderr, "the library has no %s\n", symbol);
    exit(3);
  }
  return found;
}

static void binding_load(const char *path)
{
#if defined(_WIN32)
  void *library = path == NULL ? NULL : (void *)LoadLibraryA(path);
  const char *reason = "LoadLibrary failed";
#else
  void *library = path == NULL ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL);
  const char *reason = path == NULL ? "no path given" : dlerror();
#endif

  if (library == NULL) {
    fprintf(stderr, "cannot load the library: %s\n", reason);
    exit(3);
  }
  *(void **)&ngj.version = binding_find(library, "version");
  *(void **)&ngj.simd = binding_find(library, "simd");
  *(void **)&ngj.open = binding_find(library, "open");
  *(void **)&ngj.close = binding_find(library, "close");
  *(void **)&ngj.encode = binding_find(library, "encode");
  *(void **)&ngj.decode = binding_find(library, "decode");
  *(void **)&ngj.find_restarts = binding_find(library, "findRestarts");
  *(void **)&ngj.decode_band = binding_find(library, "decodeBand");
  *(void **)&ngj.decode_view = binding_find(library, "decodeView");
  *(void **)&ngj.keep = binding_find(library, "keep");
  *(void **)&ngj.same_rows = binding_find(library, "sameRows");
  *(void **)&ngj.copy_rows = binding_find(library, "copyRows");
  *(void **)&ngj.error_text = binding_find(library, "errorText");
}

static void binding_fail(int64_t session, const char *what)
{
  char text[256];
  int length = ngj.error_text(NULL, NULL, session, ADDRESS(text), sizeof(text));

  fprintf(stderr, "%s: %.*s\n", what, length, text);
  exit(3);
}
#endif
