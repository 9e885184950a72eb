#define _GNU_SOURCE
#include <libc/syscall.h>
#include <time.h>
int clock_settime(clockid_t clock, const struct timespec *now) { return (int)SYS2(SYS_clock_settime, clock, now); }
