#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/xattr.h>
int lsetxattr(const char *path, const char *name, const void *value, size_t size, int flags) { return (int)SYS5(SYS_lsetxattr, path, name, value, size, flags); }
