#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mount.h>
int umount(const char *target) { return (int)SYS2(SYS_umount2, target, 0); }
