#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/xattr.h>
int lremovexattr(const char *path, const char *name) { return (int)SYS2(SYS_lremovexattr, path, name); }
