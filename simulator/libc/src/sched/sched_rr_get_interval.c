#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sched.h>
int sched_rr_get_interval(pid_t pid, struct timespec *interval) { return (int)SYS2(SYS_sched_rr_get_interval, pid, interval); }
