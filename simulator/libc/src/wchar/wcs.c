#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

size_t wcslen(const wchar_t *text) {
  size_t n = 0;
  while (text[n]) n++;
  return n;
}
size_t wcsnlen(const wchar_t *text, size_t most) {
  size_t n = 0;
  while (n < most && text[n]) n++;
  return n;
}
wchar_t *wmemcpy(wchar_t *to, const wchar_t *from, size_t count) { return memcpy(to, from, count * sizeof *to); }
wchar_t *wmemset(wchar_t *to, wchar_t c, size_t count) {
  for (size_t i = 0; i < count; i++) to[i] = c;
  return to;
}
wchar_t *wcscpy(wchar_t *to, const wchar_t *from) { return wmemcpy(to, from, wcslen(from) + 1); }
wchar_t *wcsncpy(wchar_t *to, const wchar_t *from, size_t count) {
  size_t n = wcsnlen(from, count);
  wmemcpy(to, from, n);
  wmemset(to + n, 0, count - n);
  return to;
}
wchar_t *wcscat(wchar_t *to, const wchar_t *from) {
  wcscpy(to + wcslen(to), from);
  return to;
}
wchar_t *wcsncat(wchar_t *to, const wchar_t *from, size_t most) {
  size_t n = wcsnlen(from, most), before = wcslen(to);
  wmemcpy(to + before, from, n);
  to[before + n] = 0;
  return to;
}
int wcsncmp(const wchar_t *a, const wchar_t *b, size_t count) {
  for (; count > 0 && *a && *a == *b; a++, b++, count--) continue;
  return count == 0 || *a == *b ? 0 : *a < *b ? -1 : 1;
}
int wcscmp(const wchar_t *a, const wchar_t *b) { return wcsncmp(a, b, ~0ul); }
wchar_t *wcschr(const wchar_t *text, wchar_t c) {
  for (;; text++) {
    if (*text == c) return (wchar_t *)text;
    if (!*text) return 0;
  }
}
wchar_t *wcsrchr(const wchar_t *text, wchar_t c) {
  const wchar_t *found = 0;
  do if (*text == c) found = text; while (*text++);
  return (wchar_t *)found;
}
wchar_t *wcsstr(const wchar_t *in, const wchar_t *what) {
  size_t n = wcslen(what);
  for (;; in++) {
    if (wcsncmp(in, what, n) == 0) return (wchar_t *)in;
    if (!*in) return 0;
  }
}
wchar_t *wcsdup(const wchar_t *text) {
  size_t size = (wcslen(text) + 1) * sizeof *text;
  wchar_t *copy = malloc(size);
  return copy ? memcpy(copy, text, size) : 0;
}
