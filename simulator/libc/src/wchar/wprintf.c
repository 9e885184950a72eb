#define _GNU_SOURCE
#include <libc/stdio.h>
#include <stdlib.h>
#include <wchar.h>

/* The format as bytes; what it makes is the same, since streams hold bytes. */
int vfwprintf(FILE *f, const wchar_t *format, va_list ap) {
  size_t length = wcstombs(0, format, 0);
  if (length == (size_t)-1) return -1;
  char text[length + 1];
  wcstombs(text, format, length + 1);
  return vfprintf(f, text, ap);
}
int fwprintf(FILE *f, const wchar_t *format, ...) {
  va_list ap;
  va_start(ap, format);
  int result = vfwprintf(f, format, ap);
  va_end(ap);
  return result;
}
int wprintf(const wchar_t *format, ...) {
  va_list ap;
  va_start(ap, format);
  int result = vfwprintf(stdout, format, ap);
  va_end(ap);
  return result;
}
