#define _GNU_SOURCE
#include <errno.h>
#include <libc/printf.h>
#include <stdlib.h>
#include <wchar.h>

/* Precision and width count bytes; a character that does not fit whole is left out. */
int __format_wide(struct __sink *sink, const struct __spec *spec, const void *wide) {
  const wchar_t *text = wide;
  char piece[16];
  size_t length = 0, count = 0;
  mbstate_t state = { 0 };
  for (; text[count]; count++) {
    size_t n = wcrtomb(piece, text[count], &state);
    if (n == (size_t)-1) return -1;
    if (spec->precision >= 0 && length + n > (size_t)spec->precision) break;
    length += n;
  }
  long padding = (long)spec->width - (long)length;
  if (!spec->left && __pad(sink, ' ', padding) < 0) return -1;
  for (size_t i = 0; i < count; i++) if (__emit(sink, piece, wcrtomb(piece, text[i], &state)) < 0) return -1;
  return spec->left ? __pad(sink, ' ', padding) : 0;
}
