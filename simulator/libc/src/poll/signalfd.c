#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/signalfd.h>
int signalfd(int fd, const sigset_t *mask, int flags) { return (int)SYS4(SYS_signalfd4, fd, mask, 8, flags); }
