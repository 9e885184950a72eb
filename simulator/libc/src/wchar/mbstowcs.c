#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

size_t mbsrtowcs(wchar_t *to, const char **from, size_t count, mbstate_t *state) {
  const char *at = *from;
  size_t n = 0;
  wchar_t c;
  while (!to || n < count) {
    size_t used = mbrtowc(&c, at, 8, state);
    if (used == (size_t)-1 || used == (size_t)-2) {
      if (to) *from = at;
      return (size_t)-1;
    }
    if (to) to[n] = c;
    if (used == 0) {
      if (to) *from = 0;
      return n;
    }
    at += used;
    n++;
  }
  *from = at;
  return n;
}

size_t mbstowcs(wchar_t *to, const char *from, size_t count) {
  mbstate_t state = { 0 };
  return mbsrtowcs(to, &from, count, &state);
}

int mbtowc(wchar_t *to, const char *from, size_t size) {
  mbstate_t state = { 0 };
  if (!from) return 0;
  size_t used = mbrtowc(to, from, size, &state);
  return used > 8 ? -1 : (int)used;
}
int mblen(const char *from, size_t size) { return mbtowc(0, from, size); }
