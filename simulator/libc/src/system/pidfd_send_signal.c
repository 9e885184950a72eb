#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/pidfd.h>
int pidfd_send_signal(int pidfd, int signo, siginfo_t *info, unsigned flags) { return (int)SYS4(SYS_pidfd_send_signal, pidfd, signo, info, flags); }
