#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/time.h>
int settimeofday(const struct timeval *now, const struct timezone *zone) { return (int)SYS2(SYS_settimeofday, now, zone); }
