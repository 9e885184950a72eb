#define _GNU_SOURCE
#include <libc/syscall.h>
#include <signal.h>
int sigaltstack(const stack_t *stack, stack_t *old) { return (int)SYS2(SYS_sigaltstack, stack, old); }
