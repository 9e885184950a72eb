#define _GNU_SOURCE
#include <libc/stdio.h>
int vscanf(const char *format, va_list ap) { return vfscanf(stdin, format, ap); }
int scanf(const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  int result = vfscanf(stdin, format, ap);
  va_end(ap);
  return result;
}
