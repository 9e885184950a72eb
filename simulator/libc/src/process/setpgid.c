#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int setpgid(pid_t pid, pid_t group) { return (int)SYS2(SYS_setpgid, pid, group); }
