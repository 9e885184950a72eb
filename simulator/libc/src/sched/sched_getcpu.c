#define _GNU_SOURCE
#include <sched.h>
int sched_getcpu(void) {
  unsigned cpu;
  return getcpu(&cpu, 0) < 0 ? -1 : (int)cpu;
}
