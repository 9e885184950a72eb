#define _GNU_SOURCE
#include <libc/stdio.h>
int fprintf(FILE *f, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  int result = vfprintf(f, format, ap);
  va_end(ap);
  return result;
}
