#define _GNU_SOURCE
#include <libc/stdio.h>

int fputc(int c, FILE *f) {
  FLOCK(f);
  int result = PUTC(c, f);
  FUNLOCK(f);
  return result;
}
int putc(int c, FILE *f) { return fputc(c, f); }
int putc_unlocked(int c, FILE *f) { return PUTC(c, f); }
int fputc_unlocked(int c, FILE *f) { return PUTC(c, f); }
