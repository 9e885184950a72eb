#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/timerfd.h>
int timerfd_settime(int fd, int flags, const struct itimerspec *value, struct itimerspec *old) { return (int)SYS4(SYS_timerfd_settime, fd, flags, value, old); }
