// A program is `long work(void)`; it prints its result, and, built with gcc, the microseconds of CPU time that it took.
#ifdef SIMULATED
#include "prelude.h"
long work(void);
int main(void) { print("%ld\n", work()); return 0; }
#else
#include <stdio.h>
#include <time.h>
long work(void);
int main(void) {
  clock_t from = clock();
  long result = work();
  fprintf(stderr, "%ld\n", (long)((clock() - from) * 1000000.0 / CLOCKS_PER_SEC));
  printf("%ld\n", result);
  return 0;
}
#endif
