#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/time.h>
int gettimeofday(struct timeval *now, void *zone) { return (int)SYS2(SYS_gettimeofday, now, zone); }
