#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
pid_t getsid(pid_t pid) { return (pid_t)SYS1(SYS_getsid, pid); }
