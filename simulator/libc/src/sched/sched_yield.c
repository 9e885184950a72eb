#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sched.h>
int sched_yield(void) { return (int)SYS0(SYS_sched_yield); }
