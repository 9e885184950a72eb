#define _GNU_SOURCE
#include <libc/stdio.h>

size_t fwrite(const void *data, size_t size, size_t count, FILE *f) {
  size_t length = size * count;
  if (length == 0) return 0;
  FLOCK(f);
  size_t done = __file_put(f, data, length);
  FUNLOCK(f);
  return done == length || done == (size_t)EOF ? count : done / size;
}
size_t fwrite_unlocked(const void *data, size_t size, size_t count, FILE *f) { return fwrite(data, size, count, f); }
