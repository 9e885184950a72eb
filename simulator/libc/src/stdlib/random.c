#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>

/* An additive feedback generator: x^degree + x^separation + 1; of type 0 a linear congruential one. The word before the state holds its type and where it is. */
static const int degrees[5] = { 0, 7, 15, 31, 63 }, separations[5] = { 0, 3, 1, 3, 1 };
static int first[32], *state = first + 1, type = 3, front = 3, rear, ready;

static void fill(unsigned seed) {
  int word = seed ? (int)seed : 1;
  ready = 1;
  state[0] = word;
  if (type == 0) return;
  for (int i = 1; i < degrees[type]; i++) {
    long next = 16807l * (word % 127773) - 2836l * (word / 127773);
    if (next < 0) next += 2147483647;
    word = (int)next;
    state[i] = word;
  }
  front = separations[type];
  rear = 0;
  for (int i = 0; i < 10 * degrees[type]; i++) random();
}

long random(void) {
  if (!ready) fill(1);
  if (type == 0) {
    state[0] = (int)(((unsigned)state[0] * 1103515245u + 12345u) & 0x7fffffff);
    return state[0];
  }
  unsigned value = (unsigned)state[front] + (unsigned)state[rear];
  state[front] = (int)value;
  if (++front == degrees[type]) front = 0;
  if (++rear == degrees[type]) rear = 0;
  return (long)(value >> 1);
}
void srandom(unsigned seed) { fill(seed); }
int rand(void) { return (int)random(); }
void srand(unsigned seed) { fill(seed); }

static void keep_place(void) { state[-1] = type == 0 ? 0 : 5 * rear + type; }

char *initstate(unsigned seed, char *room, size_t size) {
  char *old = (char *)(state - 1);
  if (!ready) fill(1);
  if (size < 8) {
    errno = EINVAL;
    return 0;
  }
  keep_place();
  type = size < 32 ? 0 : size < 64 ? 1 : size < 128 ? 2 : size < 256 ? 3 : 4;
  state = (int *)room + 1;
  fill(seed);
  keep_place();
  return old;
}

char *setstate(char *room) {
  char *old = (char *)(state - 1);
  int kept = *(int *)room;
  if (kept % 5 < 0 || kept % 5 > 4) {
    errno = EINVAL;
    return 0;
  }
  keep_place();
  type = kept % 5;
  state = (int *)room + 1;
  if (type) {
    rear = kept / 5;
    front = (rear + separations[type]) % degrees[type];
  }
  return old;
}
