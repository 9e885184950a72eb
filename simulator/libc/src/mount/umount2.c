#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mount.h>
int umount2(const char *target, int flags) { return (int)SYS2(SYS_umount2, target, flags); }
