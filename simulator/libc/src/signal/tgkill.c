#define _GNU_SOURCE
#include <libc/syscall.h>
#include <signal.h>
int tgkill(pid_t tgid, pid_t tid, int signo) { return (int)SYS3(SYS_tgkill, tgid, tid, signo); }
