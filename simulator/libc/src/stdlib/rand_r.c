#define _GNU_SOURCE
#include <stdlib.h>
int rand_r(unsigned *seed) {
  unsigned next = *seed, result = 0;
  for (int i = 0; i < 3; i++) {
    next = next * 1103515245u + 12345u;
    if (i == 0) result = next / 65536 % 2048;
    else result = result << 10 ^ next / 65536 % 1024;
  }
  *seed = next;
  return (int)result;
}
