#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/timerfd.h>
int timerfd_gettime(int fd, struct itimerspec *value) { return (int)SYS2(SYS_timerfd_gettime, fd, value); }
