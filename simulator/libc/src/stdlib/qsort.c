#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

struct sort { size_t size; int (*compare)(const void *, const void *, void *); void *argument; char *room; };

/* A stable merge sort: which elements are compared, and in which order, is visible to the caller. */
static void merge_sort(const struct sort *s, char *at, size_t count) {
  if (count <= 1) return;
  size_t first = count / 2, second = count - first;
  char *a = at, *b = at + first * s->size, *to = s->room;
  merge_sort(s, a, first);
  merge_sort(s, b, second);
  while (first > 0 && second > 0) {
    if (s->compare(a, b, s->argument) <= 0) {
      memcpy(to, a, s->size);
      a += s->size;
      first--;
    } else {
      memcpy(to, b, s->size);
      b += s->size;
      second--;
    }
    to += s->size;
  }
  if (first > 0) memcpy(to, a, first * s->size);
  memcpy(at, s->room, (count - second) * s->size);
}

void qsort_r(void *base, size_t count, size_t size, int (*compare)(const void *, const void *, void *), void *argument) {
  char near[1024];
  size_t need = count * size;
  struct sort s = { size, compare, argument, need <= sizeof near ? near : malloc(need) };
  if (!s.room) return;
  merge_sort(&s, base, count);
  if (s.room != near) free(s.room);
}

static int without_argument(const void *a, const void *b, void *compare) { return ((int (*)(const void *, const void *))compare)(a, b); }

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *)) { qsort_r(base, count, size, without_argument, (void *)compare); }
