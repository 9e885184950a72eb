#define _GNU_SOURCE
#include <time.h>
clock_t clock(void) {
  struct timespec used;
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) < 0) return -1;
  return used.tv_sec * 1000000 + used.tv_nsec / 1000;
}
double difftime(time_t a, time_t b) { return (double)(a - b); }
int timespec_get(struct timespec *to, int base) { return base == TIME_UTC && clock_gettime(CLOCK_REALTIME, to) == 0 ? base : 0; }
int clock_getcpuclockid(pid_t pid, clockid_t *clock) {
  *clock = (int)((~(unsigned)pid << 3) | 2);
  return 0;
}
