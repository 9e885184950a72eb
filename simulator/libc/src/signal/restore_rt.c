#define _GNU_SOURCE
#include <libc/syscall.h>
void __restore_rt(void) { RAW0(SYS_rt_sigreturn); }
