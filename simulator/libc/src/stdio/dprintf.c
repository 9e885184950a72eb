#define _GNU_SOURCE
#include <libc/printf.h>
#include <libc/stdio.h>

int vdprintf(int fd, const char *format, va_list ap) {
  FILE f = { .flags = F_NO_READS, .fd = fd };
  unsigned char buffer[BUFSIZ];
  f.buf_base = f.read_base = f.read_ptr = f.read_end = buffer;
  f.buf_end = buffer + BUFSIZ;
  int result = vfprintf(&f, format, ap);
  return __file_sync(&f) == EOF ? -1 : result;
}

int dprintf(int fd, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  int result = vdprintf(fd, format, ap);
  va_end(ap);
  return result;
}
