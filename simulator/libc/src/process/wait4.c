#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/wait.h>
pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage) { return (pid_t)CANCELLABLE(SYS4(SYS_wait4, pid, status, options, usage)); }
