#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
ssize_t readlinkat(int dirfd, const char *path, char *to, size_t size) { return (ssize_t)SYS4(SYS_readlinkat, dirfd, path, to, size); }
