#ifndef _LIBC_MALLOC_H
#define _LIBC_MALLOC_H
#include <stddef.h>
/* A piece of the heap: 16 bytes before what malloc gives. `next` and `previous` are there only while it is free, `previous_size` only when the one before is. */
struct __chunk { size_t previous_size, head; struct __chunk *next, *previous; };
#define CHUNK_PREVIOUS_FREE 1ul
#define CHUNK_MAPPED 2ul
#define CHUNK_USED 4ul
#define MMAP_THRESHOLD 0x20000
int __malloc_extend(struct __chunk *c, size_t size);
#endif
