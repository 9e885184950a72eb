#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/syscall.h>
#include <sys/stat.h>
int fstatat(int dirfd, const char *path, struct stat *st, int flags) { return (int)SYS4(SYS_newfstatat, dirfd, path, st, flags); }
