#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/xattr.h>
ssize_t getxattr(const char *path, const char *name, void *value, size_t size) { return (ssize_t)SYS4(SYS_getxattr, path, name, value, size); }
