#define _GNU_SOURCE
#include <libc/stdio.h>

FILE *fopencookie(void *cookie, const char *mode, cookie_io_functions_t functions) {
  int flags;
  if (__file_mode(mode, &flags) < 0) return 0;
  FILE *f = __file_new(flags, -1);
  if (!f) return 0;
  static char none;
  f->cookie = cookie ? cookie : &none;
  f->read = functions.read;
  f->write = functions.write;
  f->seek = functions.seek;
  f->close = functions.close;
  return f;
}
