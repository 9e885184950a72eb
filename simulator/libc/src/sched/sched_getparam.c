#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sched.h>
int sched_getparam(pid_t pid, struct sched_param *param) { return (int)SYS2(SYS_sched_getparam, pid, param); }
