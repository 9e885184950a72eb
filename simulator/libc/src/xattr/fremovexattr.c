#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/xattr.h>
int fremovexattr(int fd, const char *name) { return (int)SYS2(SYS_fremovexattr, fd, name); }
