#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <signal.h>
int sigwaitinfo(const sigset_t *set, siginfo_t *info) { return (int)CANCELLABLE(SYS4(SYS_rt_sigtimedwait, set, info, 0, 8)); }
