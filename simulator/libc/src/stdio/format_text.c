#define _GNU_SOURCE
#include <libc/printf.h>

int __format_text(struct __sink *sink, const struct __spec *spec, const char *text, size_t length) {
  long padding = (long)spec->width - (long)length;
  if (!spec->left && __pad(sink, ' ', padding) < 0) return -1;
  if (__emit(sink, text, length) < 0) return -1;
  return spec->left ? __pad(sink, ' ', padding) : 0;
}
