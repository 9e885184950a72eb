#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sched.h>
int sched_getscheduler(pid_t pid) { return (int)SYS1(SYS_sched_getscheduler, pid); }
