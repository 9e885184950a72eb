#define _GNU_SOURCE
#include <libc/stdio.h>
#include <string.h>

int vsscanf(const char *text, const char *format, va_list ap) {
  /* a cookie without a reader: after the text there is no more, and nobody is asked */
  FILE f = { .flags = F_NO_WRITES | F_EOF | F_USER_BUFFER, .fd = -1, .cookie = &f };
  f.buf_base = f.read_base = f.read_ptr = (unsigned char *)text;
  f.buf_end = f.read_end = f.read_ptr + strlen(text);
  return vfscanf(&f, format, ap);
}

int sscanf(const char *text, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  int result = vsscanf(text, format, ap);
  va_end(ap);
  return result;
}
