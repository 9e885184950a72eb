#define _GNU_SOURCE
#include <string.h>

void *memcpy(void *to, const void *from, size_t length) {
  unsigned char *t = to;
  const unsigned char *f = from;
  while (length-- > 0) *t++ = *f++;
  return to;
}
void *mempcpy(void *to, const void *from, size_t length) { return (char *)memcpy(to, from, length) + length; }

void *memmove(void *to, const void *from, size_t length) {
  unsigned char *t = to;
  const unsigned char *f = from;
  if (t <= f || t >= f + length) while (length-- > 0) *t++ = *f++;
  else while (length-- > 0) t[length] = f[length];
  return to;
}

void *memset(void *to, int c, size_t length) {
  unsigned char *t = to;
  while (length-- > 0) *t++ = (unsigned char)c;
  return to;
}

int memcmp(const void *a, const void *b, size_t length) {
  const unsigned char *x = a, *y = b;
  for (; length > 0; length--, x++, y++) if (*x != *y) return *x - *y;
  return 0;
}

void *memchr(const void *from, int c, size_t length) {
  const unsigned char *f = from;
  for (; length > 0; length--, f++) if (*f == (unsigned char)c) return (void *)f;
  return 0;
}

void *memrchr(const void *from, int c, size_t length) {
  const unsigned char *f = from;
  while (length-- > 0) if (f[length] == (unsigned char)c) return (void *)(f + length);
  return 0;
}
