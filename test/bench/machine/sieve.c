#include "work.h"
#define LAST 2000000
static char composite[LAST + 1];
long work(void) {
  int count = 0;
  for (int round = 0; round < 5; round++) {
    count = 0;
    for (int i = 0; i <= LAST; i++) composite[i] = 0;
    for (int i = 2; i <= LAST; i++) {
      if (composite[i]) continue;
      count++;
      for (int j = i + i; j <= LAST; j += i) composite[j] = 1;
    }
  }
  return count;
}
