#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
pid_t getpid(void) { return (pid_t)RAW0(SYS_getpid); }
