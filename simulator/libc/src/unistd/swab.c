#define _GNU_SOURCE
#include <unistd.h>
void swab(const void *from, void *to, ssize_t count) {
  const char *f = from;
  char *t = to;
  for (; count > 1; count -= 2, f += 2, t += 2) {
    char first = f[0];
    t[0] = f[1];
    t[1] = first;
  }
}
