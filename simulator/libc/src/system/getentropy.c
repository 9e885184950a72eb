#define _GNU_SOURCE
#include <errno.h>
#include <sys/random.h>
int getentropy(void *to, size_t length) {
  if (length <= 256) return getrandom(to, length, 0) == (ssize_t)length ? 0 : -1;
  errno = EIO;
  return -1;
}
