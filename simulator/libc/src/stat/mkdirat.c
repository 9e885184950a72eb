#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/stat.h>
int mkdirat(int dirfd, const char *path, mode_t mode) { return (int)SYS3(SYS_mkdirat, dirfd, path, mode); }
