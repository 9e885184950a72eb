#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mount.h>
int mount_setattr(int dirfd, const char *path, unsigned flags, struct mount_attr *attr, unsigned long size) { return (int)SYS5(SYS_mount_setattr, dirfd, path, flags, attr, size); }
