#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
pid_t getpgrp(void) { return (pid_t)SYS0(SYS_getpgrp); }
