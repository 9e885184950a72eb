#define _GNU_SOURCE
#include <string.h>
#include <sys/timeb.h>
int ftime(struct timeb *to) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  memset(to, 0, sizeof *to);
  to->time = now.tv_sec;
  to->millitm = (unsigned short)(now.tv_nsec / 1000000);
  return 0;
}
