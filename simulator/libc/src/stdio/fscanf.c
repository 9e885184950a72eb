#define _GNU_SOURCE
#include <stdio.h>
int fscanf(FILE *f, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  int result = vfscanf(f, format, ap);
  va_end(ap);
  return result;
}
