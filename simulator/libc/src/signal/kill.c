#define _GNU_SOURCE
#include <libc/syscall.h>
#include <signal.h>
int kill(pid_t pid, int signo) { return (int)SYS2(SYS_kill, pid, signo); }
