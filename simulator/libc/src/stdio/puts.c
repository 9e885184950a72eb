#define _GNU_SOURCE
#include <libc/stdio.h>
#include <string.h>

int puts(const char *text) {
  size_t length = strlen(text);
  int result = EOF;
  FLOCK(stdout);
  if (__file_put(stdout, text, length) == length && PUTC('\n', stdout) != EOF) result = length + 1 > 0x7fffffff ? 0x7fffffff : (int)length + 1;
  FUNLOCK(stdout);
  return result;
}
