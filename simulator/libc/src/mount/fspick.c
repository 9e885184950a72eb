#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mount.h>
int fspick(int dirfd, const char *path, unsigned flags) { return (int)SYS3(SYS_fspick, dirfd, path, flags); }
