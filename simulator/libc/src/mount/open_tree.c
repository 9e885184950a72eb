#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mount.h>
int open_tree(int dirfd, const char *path, unsigned flags) { return (int)SYS3(SYS_open_tree, dirfd, path, flags); }
