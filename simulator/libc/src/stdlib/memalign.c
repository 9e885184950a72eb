#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <libc/malloc.h>

/* More than asked for, and a chunk header of its own at the aligned place; the room before it is lost. */
void *memalign(size_t alignment, size_t bytes) {
  if (alignment <= 16) return malloc(bytes);
  if (bytes > PTRDIFF_MAX - alignment - 4096) {
    errno = ENOMEM;
    return 0;
  }
  char *at = malloc((bytes < 24 ? 24 : bytes) + alignment + 32);
  if (!at) return 0;
  struct __chunk *c = (struct __chunk *)(at - 16);
  char *aligned = (char *)(((uintptr_t)at + alignment - 1) & ~(alignment - 1));
  if (aligned == at) return at;
  if (aligned - at < 32) aligned += alignment;
  struct __chunk *inner = (struct __chunk *)(aligned - 16);
  size_t before = (size_t)(aligned - at);
  /* of a mapping the part is never given back: it begins within a page */
  inner->head = ((c->head & ~15ul) - before) | CHUNK_USED | (c->head & CHUNK_MAPPED);
  c->head = before | (c->head & 15);
  return aligned;
}

int posix_memalign(void **to, size_t alignment, size_t bytes) {
  if (alignment < sizeof(void *) || (alignment & (alignment - 1))) return EINVAL;
  int error = errno;
  void *at = memalign(alignment, bytes);
  errno = error;
  if (!at) return ENOMEM;
  *to = at;
  return 0;
}
void *aligned_alloc(size_t alignment, size_t bytes) { return memalign(alignment, bytes); }
void *valloc(size_t bytes) { return memalign(4096, bytes); }
void *pvalloc(size_t bytes) { return memalign(4096, (bytes + 4095) & ~4095ul); }
