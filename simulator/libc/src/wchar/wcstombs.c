#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

size_t wcsrtombs(char *to, const wchar_t **from, size_t size, mbstate_t *state) {
  const wchar_t *at = *from;
  char piece[8];
  size_t n = 0;
  for (;; at++) {
    size_t used = wcrtomb(piece, *at, state);
    if (used == (size_t)-1) {
      if (to) *from = at;
      return used;
    }
    if (to && n + used > size) break;
    if (to) memcpy(to + n, piece, used);
    if (*at == 0) {
      if (to) *from = 0;
      return n;
    }
    n += used;
  }
  *from = at;
  return n;
}
size_t wcstombs(char *to, const wchar_t *from, size_t size) {
  mbstate_t state = { 0 };
  return wcsrtombs(to, &from, size, &state);
}
int wctomb(char *to, wchar_t wide) { return to ? (int)wcrtomb(to, wide, 0) : 0; }
