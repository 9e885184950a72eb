#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/stat.h>
int futimens(int fd, const struct timespec times[2]) { return (int)SYS4(SYS_utimensat, fd, 0, times, 0); }
