#define _GNU_SOURCE
#include <dirent.h>
#include <libc/syscall.h>
ssize_t getdents64(int fd, void *to, size_t size) { return (ssize_t)SYS3(SYS_getdents64, fd, to, size); }
