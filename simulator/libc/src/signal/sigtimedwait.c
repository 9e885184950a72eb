#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <signal.h>
int sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *timeout) { return (int)CANCELLABLE(SYS4(SYS_rt_sigtimedwait, set, info, timeout, 8)); }
