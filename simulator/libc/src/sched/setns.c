#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sched.h>
int setns(int fd, int type) { return (int)SYS2(SYS_setns, fd, type); }
