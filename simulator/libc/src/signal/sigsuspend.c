#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <signal.h>
int sigsuspend(const sigset_t *set) { return (int)CANCELLABLE(SYS2(SYS_rt_sigsuspend, set, 8)); }
