#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/stat.h>
int statx(int dirfd, const char *path, int flags, unsigned mask, struct statx *st) { return (int)SYS5(SYS_statx, dirfd, path, flags, mask, st); }
