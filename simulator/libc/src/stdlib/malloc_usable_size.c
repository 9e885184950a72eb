#define _GNU_SOURCE
#include <libc/malloc.h>
#include <malloc.h>

size_t malloc_usable_size(void *pointer) {
  if (!pointer) return 0;
  struct __chunk *c = (struct __chunk *)((char *)pointer - 16);
  return (c->head & ~15ul) - (c->head & CHUNK_MAPPED ? 16 : 8);
}
int malloc_trim(size_t keep) {
  (void)keep;
  return 0;
}
