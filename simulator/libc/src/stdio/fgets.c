#define _GNU_SOURCE
#include <libc/stdio.h>
#include <string.h>

/* Takes up to `most` characters, the line's end included. */
static size_t take_line(FILE *f, char *to, size_t most) {
  size_t n = 0;
  while (n < most) {
    if (f->read_ptr >= f->read_end && __file_underflow(f) == EOF) break;
    size_t have = (size_t)(f->read_end - f->read_ptr);
    if (have > most - n) have = most - n;
    unsigned char *end = memchr(f->read_ptr, '\n', have);
    if (end) have = (size_t)(end - f->read_ptr) + 1;
    memcpy(to + n, f->read_ptr, have);
    f->read_ptr += have;
    n += have;
    if (end) break;
  }
  return n;
}

char *fgets(char *to, int size, FILE *f) {
  if (size <= 0) return 0;
  if (size == 1) {
    *to = '\0';
    return to;
  }
  FLOCK(f);
  int error = f->flags & F_ERROR;
  f->flags &= ~F_ERROR;
  size_t n = take_line(f, to, (size_t)size - 1);
  char *result = n == 0 || (f->flags & F_ERROR) ? 0 : to;
  if (result) to[n] = '\0';
  f->flags |= error;
  FUNLOCK(f);
  return result;
}
char *fgets_unlocked(char *to, int size, FILE *f) { return fgets(to, size, f); }
