#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sched.h>
int sched_setscheduler(pid_t pid, int policy, const struct sched_param *param) { return (int)SYS3(SYS_sched_setscheduler, pid, policy, param); }
