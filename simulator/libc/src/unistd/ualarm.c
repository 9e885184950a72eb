#define _GNU_SOURCE
#include <sys/time.h>
#include <unistd.h>
useconds_t ualarm(useconds_t value, useconds_t interval) {
  struct itimerval t = { { interval / 1000000, interval % 1000000 }, { value / 1000000, value % 1000000 } }, old;
  return setitimer(ITIMER_REAL, &t, &old) < 0 ? (useconds_t)-1 : (useconds_t)(old.it_value.tv_sec * 1000000 + old.it_value.tv_usec);
}
