#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/pidfd.h>
int pidfd_getfd(int pidfd, int fd, unsigned flags) { return (int)SYS3(SYS_pidfd_getfd, pidfd, fd, flags); }
