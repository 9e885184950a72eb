#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sched.h>
int sched_setparam(pid_t pid, const struct sched_param *param) { return (int)SYS2(SYS_sched_setparam, pid, param); }
