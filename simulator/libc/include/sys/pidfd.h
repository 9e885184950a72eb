#ifndef _SYS_PIDFD_H
#define _SYS_PIDFD_H
#include <bits/types.h>
#include <signal.h>
#define PIDFD_NONBLOCK 04000
int pidfd_open(pid_t, unsigned);
int pidfd_getfd(int, int, unsigned);
int pidfd_send_signal(int, int, siginfo_t *, unsigned);
#endif
