#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int vhangup(void) { return (int)SYS0(SYS_vhangup); }
