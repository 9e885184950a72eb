#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/stat.h>
int utimensat(int dirfd, const char *path, const struct timespec times[2], int flags) { return (int)SYS4(SYS_utimensat, dirfd, path, times, flags); }
