#define _GNU_SOURCE
#include <errno.h>
#include <libc/malloc.h>
#include <malloc.h>
#include <stdint.h>
#include <string.h>

void *realloc(void *old, size_t bytes) {
  if (!old) return malloc(bytes);
  if (bytes == 0) {
    free(old);
    return 0;
  }
  if (bytes > (size_t)PTRDIFF_MAX - 4096) {
    errno = ENOMEM;
    return 0;
  }
  struct __chunk *c = (struct __chunk *)((char *)old - 16);
  size_t have = malloc_usable_size(old), size = bytes <= 24 ? 32 : (bytes + 8 + 15) & ~15ul;
  if (bytes <= have && bytes > have / 2) return old;
  if (bytes > have && __malloc_extend(c, size)) return old;
  void *to = malloc(bytes);
  if (!to) return 0;
  memcpy(to, old, bytes < have ? bytes : have);
  free(old);
  return to;
}

void *reallocarray(void *old, size_t count, size_t size) {
  if (size && count > SIZE_MAX / size) {
    errno = ENOMEM;
    return 0;
  }
  return realloc(old, count * size);
}
