// Pseudo-random numbers are the same everywhere; so are comparisons of a sort.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int calls;
static int compare(const void *a, const void *b) {
  int x = *(const int *)a, y = *(const int *)b;
  calls++;
  if (calls < 200) printf("(%d %d)", x, y);
  return x / 10 - y / 10;
}
struct big { char text[40]; };
static int compare_big(const void *a, const void *b) { return strncmp(a, b, 2); }

int main(void) {
  for (int i = 0; i < 20; i++) printf("%d ", rand());
  srand(42);
  for (int i = 0; i < 20; i++) printf("%d ", rand());
  srand(0);
  printf("%d ", rand());
  srandom(123456789);
  for (int i = 0; i < 400; i++) printf("%ld ", random());
  unsigned seed = 5;
  for (int i = 0; i < 20; i++) printf("%d ", rand_r(&seed));
  printf("%u\n", seed);
  char state[256];
  for (int size = 8; size <= 256; size *= 2) {
    char *old = initstate(7, state, size);
    for (int i = 0; i < 10; i++) printf("%ld ", random());
    setstate(old);
    printf("%ld\n", random());
  }
  for (int i = 0; i < 10; i++) printf("%.17g %ld %ld ", drand48(), lrand48(), mrand48());
  srand48(99);
  for (int i = 0; i < 10; i++) printf("%.17g %ld %ld ", drand48(), lrand48(), mrand48());
  unsigned short x[3] = { 1, 2, 3 }, parameters[7] = { 1, 2, 3, 4, 5, 6, 7 };
  for (int i = 0; i < 10; i++) printf("%.17g %ld %ld ", erand48(x), nrand48(x), jrand48(x));
  memcpy(x, seed48(x), 6);
  printf("%d %d %d ", x[0], x[1], x[2]);
  lcong48(parameters);
  printf("%ld\n", lrand48());
  int numbers[100];
  srand(1);
  for (int i = 0; i < 100; i++) numbers[i] = rand() % 300;
  qsort(numbers, 100, sizeof *numbers, compare);
  printf("\n%d calls\n", calls);
  for (int i = 0; i < 100; i++) printf("%d ", numbers[i]);
  struct big bigs[60];
  for (int i = 0; i < 60; i++) sprintf(bigs[i].text, "%02d-%d", rand() % 20, i);
  qsort(bigs, 60, sizeof *bigs, compare_big);
  for (int i = 0; i < 60; i++) printf("%s ", bigs[i].text);
  int key = 55, *found = bsearch(&key, numbers, 100, sizeof *numbers, compare);
  printf("\n%d\n", found ? *found / 10 : -1);
  return 0;
}
