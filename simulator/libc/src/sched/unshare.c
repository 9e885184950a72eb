#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sched.h>
int unshare(int flags) { return (int)SYS1(SYS_unshare, flags); }
