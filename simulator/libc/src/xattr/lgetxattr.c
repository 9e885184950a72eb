#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/xattr.h>
ssize_t lgetxattr(const char *path, const char *name, void *value, size_t size) { return (ssize_t)SYS4(SYS_lgetxattr, path, name, value, size); }
