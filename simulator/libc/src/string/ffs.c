#define _GNU_SOURCE
#include <strings.h>
int ffsll(long long value) {
  for (int i = 0; i < 64; i++) if ((unsigned long long)value >> i & 1) return i + 1;
  return 0;
}
int ffsl(long value) { return ffsll(value); }
int ffs(int value) { return ffsll((unsigned)value); }
