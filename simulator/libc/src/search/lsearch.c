#define _GNU_SOURCE
#include <search.h>
#include <string.h>
void *lfind(const void *key, const void *base, size_t *count, size_t size, int (*compare)(const void *, const void *)) {
  for (size_t i = 0; i < *count; i++) if (compare(key, (const char *)base + i * size) == 0) return (char *)base + i * size;
  return 0;
}
void *lsearch(const void *key, void *base, size_t *count, size_t size, int (*compare)(const void *, const void *)) {
  void *found = lfind(key, base, count, size, compare);
  return found ? found : memcpy((char *)base + (*count)++ * size, key, size);
}
void insque(void *given, void *given_before) {
  struct qelem *e = given, *before = given_before;
  e->q_back = before;
  e->q_forw = before ? before->q_forw : 0;
  if (!before) return;
  if (before->q_forw) before->q_forw->q_back = e;
  before->q_forw = e;
}
void remque(void *given) {
  struct qelem *e = given;
  if (e->q_forw) e->q_forw->q_back = e->q_back;
  if (e->q_back) e->q_back->q_forw = e->q_forw;
}
