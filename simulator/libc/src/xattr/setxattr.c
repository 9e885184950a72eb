#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/xattr.h>
int setxattr(const char *path, const char *name, const void *value, size_t size, int flags) { return (int)SYS5(SYS_setxattr, path, name, value, size, flags); }
