#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/xattr.h>
int fsetxattr(int fd, const char *name, const void *value, size_t size, int flags) { return (int)SYS5(SYS_fsetxattr, fd, name, value, size, flags); }
