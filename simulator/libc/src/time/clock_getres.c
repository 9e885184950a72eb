#define _GNU_SOURCE
#include <libc/syscall.h>
#include <time.h>
int clock_getres(clockid_t clock, struct timespec *resolution) { return (int)SYS2(SYS_clock_getres, clock, resolution); }
