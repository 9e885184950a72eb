#define _GNU_SOURCE
#include <libc/wctype.h>
#include <wchar.h>

int wcwidth(wchar_t c) {
  if (c < 128) return c == 0 ? 0 : c >= 32 && c < 127 ? 1 : -1;
  return __wide_class((unsigned)c, WIDE_WIDTH);
}
int wcswidth(const wchar_t *text, size_t most) {
  int width = 0;
  for (; most > 0 && *text; text++, most--) {
    int one = wcwidth(*text);
    if (one < 0) return -1;
    width += one;
  }
  return width;
}
