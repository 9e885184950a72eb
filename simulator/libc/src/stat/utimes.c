#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/time.h>
int utimes(const char *path, const struct timeval times[2]) { return (int)SYS2(SYS_utimes, path, times); }
