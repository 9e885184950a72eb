#define _GNU_SOURCE
#include <libc/stdio.h>
#include <wchar.h>

wint_t fputwc(wchar_t wide, FILE *f) {
  char piece[8];
  size_t n = wcrtomb(piece, wide, 0);
  if (n == (size_t)-1) {
    f->flags |= F_ERROR;
    return WEOF;
  }
  return fwrite(piece, 1, n, f) == n ? (wint_t)wide : WEOF;
}
wint_t putwc(wchar_t wide, FILE *f) { return fputwc(wide, f); }
wint_t putwchar(wchar_t wide) { return fputwc(wide, stdout); }
int fputws(const wchar_t *text, FILE *f) {
  for (; *text; text++) if (fputwc(*text, f) == WEOF) return -1;
  return 1;
}
