#define _GNU_SOURCE
#include <errno.h>
#include <libc/malloc.h>
#include <libc/start.h>
#include <libc/thread.h>
#include <malloc.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Small chunks wait in one list for each size, as they are; larger ones are joined with free neighbours and wait, by size, in one list. */
enum { SMALL = 64, LARGEST_SMALL = 16 * (SMALL + 1) };
static struct __chunk *small[SMALL], large = { .next = &large, .previous = &large };
static char *top, *top_end;
static int lock;
static const unsigned long key = 0x5ca1ab1e0ddba11ul;

static size_t size_of(const struct __chunk *c) { return c->head & ~15ul; }
static struct __chunk *after(struct __chunk *c) { return (struct __chunk *)((char *)c + size_of(c)); }
static struct __chunk **list_of(size_t size) { return &small[size / 16 - 2]; }
static int at_top(struct __chunk *c) { return (char *)after(c) == top; }

/* More of the heap, so that `size` bytes and some are above `top`. */
static int grow(size_t size) {
  if (!top) {
    top = sbrk(0);
    if (top == (char *)-1) return -1;
    top = top_end = (char *)(((uintptr_t)top + 15) & ~15ul);
  }
  size_t need = (size - (size_t)(top_end - top) + 0x20000 + 0xfff) & ~0xffful;
  char *more = sbrk((intptr_t)need);
  if (more == (char *)-1) {
    errno = ENOMEM;
    return -1;
  }
  if (more != top_end) top = (char *)(((uintptr_t)more + 15) & ~15ul);
  top_end = more + need;
  return 0;
}

static struct __chunk *from_top(size_t size) {
  if ((size_t)(top_end - top) < size + 32 && grow(size + 32) < 0) return 0;
  struct __chunk *c = (struct __chunk *)top;
  c->head = size | CHUNK_USED | (c->head & CHUNK_PREVIOUS_FREE);
  top += size;
  ((struct __chunk *)top)->head = 0;
  return c;
}

static void take_out(struct __chunk *c) {
  c->next->previous = c->previous;
  c->previous->next = c->next;
}

static void put_in(struct __chunk *c) {
  struct __chunk *at = large.next;
  while (at != &large && size_of(at) < size_of(c)) at = at->next;
  c->next = at;
  c->previous = at->previous;
  at->previous->next = c;
  at->previous = c;
  after(c)->head |= CHUNK_PREVIOUS_FREE;
  after(c)->previous_size = size_of(c);
}

static struct __chunk *from_large(size_t size) {
  for (struct __chunk *c = large.next; c != &large; c = c->next) {
    if (size_of(c) < size) continue;
    take_out(c);
    size_t rest = size_of(c) - size;
    after(c)->head &= ~CHUNK_PREVIOUS_FREE;
    if (rest >= LARGEST_SMALL) {
      struct __chunk *left = (struct __chunk *)((char *)c + size);
      left->head = rest;
      c->head = size;
      put_in(left);
    }
    c->head |= CHUNK_USED;
    return c;
  }
  return 0;
}

static struct __chunk *mapped(size_t size) {
  size_t length = (size + 16 + 0xfff) & ~0xffful;
  char *at = mmap(0, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (at == MAP_FAILED) {
    errno = ENOMEM;
    return 0;
  }
  struct __chunk *c = (struct __chunk *)at;
  c->head = length | CHUNK_MAPPED | CHUNK_USED;
  return c;
}

static struct __chunk *find(size_t size) {
  if (size <= LARGEST_SMALL && *list_of(size)) {
    struct __chunk *c = *list_of(size);
    *list_of(size) = c->next;
    c->previous = 0;
    c->head |= CHUNK_USED;
    return c;
  }
  if (size >= MMAP_THRESHOLD) return mapped(size);
  struct __chunk *c = size > LARGEST_SMALL || large.next != &large ? from_large(size) : 0;
  return c ? c : from_top(size);
}

void *malloc(size_t bytes) {
  if (bytes > (size_t)PTRDIFF_MAX - 4096) {
    errno = ENOMEM;
    return 0;
  }
  size_t size = bytes <= 24 ? 32 : (bytes + 8 + 15) & ~15ul;
  LOCK(&lock);
  struct __chunk *c = find(size);
  UNLOCK(&lock);
  return c ? (char *)c + 16 : 0;
}

static void join(struct __chunk *c) {
  if (c->head & CHUNK_PREVIOUS_FREE) {
    struct __chunk *before = (struct __chunk *)((char *)c - c->previous_size);
    take_out(before);
    before->head += size_of(c);
    c = before;
  }
  if ((char *)after(c) != top && !(after(c)->head & CHUNK_USED) && size_of(after(c)) > LARGEST_SMALL) {
    take_out(after(c));
    c->head += size_of(after(c));
  }
  c->head &= ~CHUNK_USED;
  if (at_top(c)) {
    c->head &= CHUNK_PREVIOUS_FREE;
    top = (char *)c;
  } else put_in(c);
}

static const char *fault(struct __chunk *c) {
  if ((uintptr_t)c & 15) return "free(): invalid pointer\n";
  if (c->head & CHUNK_MAPPED) return 0;
  if ((char *)c >= top && (char *)c < top_end) return "double free or corruption (top)\n";
  if (!top || (char *)c >= top || size_of(c) < 32) return size_of(c) < 32 ? "free(): invalid size\n" : "free(): invalid pointer\n";
  if (c->head & CHUNK_USED) return (char *)after(c) > top ? "free(): invalid pointer\n" : 0;
  return size_of(c) <= LARGEST_SMALL ? "free(): double free detected in tcache 2\n" : "double free or corruption (!prev)\n";
}

void free(void *pointer) {
  if (!pointer) return;
  struct __chunk *c = (struct __chunk *)((char *)pointer - 16);
  const char *wrong = fault(c);
  if (wrong) __fatal(wrong);
  if (c->head & CHUNK_MAPPED) {
    int error = errno;
    munmap(c, size_of(c));
    errno = error;
    return;
  }
  LOCK(&lock);
  if (size_of(c) <= LARGEST_SMALL) {
    c->head &= ~CHUNK_USED;
    c->next = *list_of(size_of(c));
    c->previous = (struct __chunk *)key;
    *list_of(size_of(c)) = c;
  } else join(c);
  UNLOCK(&lock);
}

/* For realloc: the last chunk grows where it is. */
int __malloc_extend(struct __chunk *c, size_t size) {
  int done = 0;
  LOCK(&lock);
  if (!(c->head & CHUNK_MAPPED) && at_top(c) && size < MMAP_THRESHOLD && (size_t)(top_end - top) >= size - size_of(c) + 32) {
    top += size - size_of(c);
    c->head = size | (c->head & 15);
    ((struct __chunk *)top)->head = 0;
    done = 1;
  }
  UNLOCK(&lock);
  return done;
}
