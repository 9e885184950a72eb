#define _GNU_SOURCE
#include <stdio.h>
int snprintf(char *to, size_t size, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  int result = vsnprintf(to, size, format, ap);
  va_end(ap);
  return result;
}
