#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/xattr.h>
ssize_t fgetxattr(int fd, const char *name, void *value, size_t size) { return (ssize_t)SYS4(SYS_fgetxattr, fd, name, value, size); }
