#define _GNU_SOURCE
#include <string.h>

void *rawmemchr(const void *from, int c) {
  const unsigned char *f = from;
  while (*f != (unsigned char)c) f++;
  return (void *)f;
}

void *memccpy(void *to, const void *from, int c, size_t length) {
  unsigned char *t = to;
  const unsigned char *f = from;
  for (; length > 0; length--) if ((*t++ = *f++) == (unsigned char)c) return t;
  return 0;
}

void *memmem(const void *in, size_t length, const void *what, size_t size) {
  const char *at = in;
  if (size == 0) return (void *)in;
  for (; length >= size; at++, length--) if (*at == *(const char *)what && memcmp(at, what, size) == 0) return (void *)at;
  return 0;
}
void explicit_bzero(void *to, size_t length) { memset(to, 0, length); }
void *memfrob(void *at, size_t length) {
  for (unsigned char *p = at; length > 0; length--) *p++ ^= 42;
  return at;
}
