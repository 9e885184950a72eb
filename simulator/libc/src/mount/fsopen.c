#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mount.h>
int fsopen(const char *type, unsigned flags) { return (int)SYS2(SYS_fsopen, type, flags); }
