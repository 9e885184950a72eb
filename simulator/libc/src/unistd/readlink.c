#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
ssize_t readlink(const char *path, char *to, size_t size) { return (ssize_t)SYS3(SYS_readlink, path, to, size); }
