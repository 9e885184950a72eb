#define _GNU_SOURCE
#include <errno.h>
#include <libc/malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *calloc(size_t count, size_t size) {
  if (size && count > SIZE_MAX / size) {
    errno = ENOMEM;
    return 0;
  }
  char *to = malloc(count * size);
  if (to && !(((struct __chunk *)(to - 16))->head & CHUNK_MAPPED)) memset(to, 0, count * size);
  return to;
}
