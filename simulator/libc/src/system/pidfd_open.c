#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/pidfd.h>
int pidfd_open(pid_t pid, unsigned flags) { return (int)SYS2(SYS_pidfd_open, pid, flags); }
