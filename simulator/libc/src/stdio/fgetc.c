#define _GNU_SOURCE
#include <libc/stdio.h>

int fgetc(FILE *f) {
  FLOCK(f);
  int c = GETC(f);
  FUNLOCK(f);
  return c;
}
int getc(FILE *f) { return fgetc(f); }
int getc_unlocked(FILE *f) { return GETC(f); }
int fgetc_unlocked(FILE *f) { return GETC(f); }
