#define _GNU_SOURCE
#include <errno.h>
#include <libc/stdio.h>
#include <stdlib.h>
#include <string.h>

static int ensure(char **line, size_t *size, size_t need) {
  if (need <= *size) return 0;
  if (need < 2 * *size) need = 2 * *size;
  char *more = realloc(*line, need);
  if (!more) return -1;
  *line = more;
  *size = need;
  return 0;
}

static ssize_t read_line(char **line, size_t *size, int delimiter, FILE *f) {
  size_t n = 0;
  if (!*line || *size == 0) {
    *line = malloc(120);
    if (!*line) return -1;
    *size = 120;
  }
  for (;;) {
    if (f->read_ptr >= f->read_end && __file_underflow(f) == EOF) break;
    size_t have = (size_t)(f->read_end - f->read_ptr);
    unsigned char *end = memchr(f->read_ptr, delimiter, have);
    if (end) have = (size_t)(end - f->read_ptr) + 1;
    if (ensure(line, size, n + have + 1) < 0) return -1;
    memcpy(*line + n, f->read_ptr, have);
    f->read_ptr += have;
    n += have;
    if (end) break;
  }
  if (n == 0) return -1;
  (*line)[n] = '\0';
  return (ssize_t)n;
}

ssize_t getdelim(char **line, size_t *size, int delimiter, FILE *f) {
  if (!line || !size) {
    errno = EINVAL;
    return -1;
  }
  FLOCK(f);
  ssize_t result = f->flags & F_ERROR ? -1 : read_line(line, size, delimiter, f);
  FUNLOCK(f);
  return result;
}
ssize_t __getdelim(char **line, size_t *size, int delimiter, FILE *f) { return getdelim(line, size, delimiter, f); }
ssize_t getline(char **line, size_t *size, FILE *f) { return getdelim(line, size, '\n', f); }
