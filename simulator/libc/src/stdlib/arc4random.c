#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/random.h>
void arc4random_buf(void *to, size_t length) {
  for (char *at = to; length > 0;) {
    ssize_t done = getrandom(at, length, 0);
    if (done <= 0) continue;
    at += done;
    length -= (size_t)done;
  }
}
unsigned arc4random(void) {
  unsigned value;
  arc4random_buf(&value, sizeof value);
  return value;
}
unsigned arc4random_uniform(unsigned bound) {
  if (bound < 2) return 0;
  unsigned least = -bound % bound, value;
  do value = arc4random(); while (value < least);
  return value % bound;
}
