#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
pid_t getppid(void) { return (pid_t)RAW0(SYS_getppid); }
