#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mount.h>
int fsmount(int fd, unsigned flags, unsigned attributes) { return (int)SYS3(SYS_fsmount, fd, flags, attributes); }
