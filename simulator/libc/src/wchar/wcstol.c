#define _GNU_SOURCE
#include <stdlib.h>
#include <wchar.h>
/* Numbers have only characters below 128: what comes behind is of no matter. */
long wcstol(const wchar_t *text, wchar_t **end, int base) {
  size_t length = wcslen(text);
  char bytes[length + 1], *stop;
  for (size_t i = 0; i <= length; i++) bytes[i] = text[i] < 128 ? (char)text[i] : '?';
  long value = strtol(bytes, &stop, base);
  if (end) *end = (wchar_t *)text + (stop - bytes);
  return value;
}
