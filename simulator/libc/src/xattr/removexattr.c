#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/xattr.h>
int removexattr(const char *path, const char *name) { return (int)SYS2(SYS_removexattr, path, name); }
