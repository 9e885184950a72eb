#define _GNU_SOURCE
#include <stdio.h>
int sprintf(char *to, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  int result = vsprintf(to, format, ap);
  va_end(ap);
  return result;
}
