#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sched.h>
int sched_setaffinity(pid_t pid, size_t size, const cpu_set_t *set) { return (int)SYS3(SYS_sched_setaffinity, pid, size, set); }
