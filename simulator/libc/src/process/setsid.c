#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
pid_t setsid(void) { return (pid_t)SYS0(SYS_setsid); }
