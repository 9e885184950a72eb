#define _GNU_SOURCE
#include <libc/syscall.h>
#include <utime.h>
int utime(const char *path, const struct utimbuf *times) { return (int)SYS2(SYS_utime, path, times); }
