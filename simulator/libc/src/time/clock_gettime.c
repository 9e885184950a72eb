#define _GNU_SOURCE
#include <libc/syscall.h>
#include <time.h>
int clock_gettime(clockid_t clock, struct timespec *now) { return (int)SYS2(SYS_clock_gettime, clock, now); }
