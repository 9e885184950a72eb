#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int symlinkat(const char *target, int dirfd, const char *path) { return (int)SYS3(SYS_symlinkat, target, dirfd, path); }
