#define _GNU_SOURCE
#include <libc/stdio.h>
#include <string.h>

int fputs(const char *text, FILE *f) {
  size_t length = strlen(text);
  FLOCK(f);
  int result = __file_put(f, text, length) == length ? 1 : EOF;
  FUNLOCK(f);
  return result;
}
int fputs_unlocked(const char *text, FILE *f) { return fputs(text, f); }
