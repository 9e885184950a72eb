#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int unlinkat(int dirfd, const char *path, int flags) { return (int)SYS3(SYS_unlinkat, dirfd, path, flags); }
