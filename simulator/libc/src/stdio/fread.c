#define _GNU_SOURCE
#include <libc/stdio.h>

size_t fread(void *to, size_t size, size_t count, FILE *f) {
  size_t length = size * count;
  if (length == 0) return 0;
  FLOCK(f);
  size_t done = __file_get(f, to, length);
  FUNLOCK(f);
  return done == length ? count : done / size;
}
size_t fread_unlocked(void *to, size_t size, size_t count, FILE *f) { return fread(to, size, count, f); }
