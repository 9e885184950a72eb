#define _GNU_SOURCE
#include <sched.h>
int __cpu_count(size_t size, const cpu_set_t *set) {
  int count = 0;
  for (size_t i = 0; i < size * 8; i++) count += (int)(set->__bits[i / 64] >> i % 64 & 1);
  return count;
}
