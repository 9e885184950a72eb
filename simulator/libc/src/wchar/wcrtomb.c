#define _GNU_SOURCE
#include <errno.h>
#include <libc/locale.h>
#include <wchar.h>

size_t wcrtomb(char *to, wchar_t wide, mbstate_t *state) {
  unsigned c = (unsigned)wide;
  (void)state;
  if (!to) return 1;
  if (c < 0x80) {
    *to = (char)c;
    return 1;
  }
  if (!__utf8 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
    errno = EILSEQ;
    return (size_t)-1;
  }
  size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t i = n - 1; i > 0; i--) {
    to[i] = (char)(0x80 | (c & 63));
    c >>= 6;
  }
  *to = (char)(c | (n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0));
  return n;
}
