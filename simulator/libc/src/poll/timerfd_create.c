#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/timerfd.h>
int timerfd_create(int clock, int flags) { return (int)SYS2(SYS_timerfd_create, clock, flags); }
