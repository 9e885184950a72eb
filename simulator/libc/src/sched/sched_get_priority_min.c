#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sched.h>
int sched_get_priority_min(int policy) { return (int)SYS1(SYS_sched_get_priority_min, policy); }
