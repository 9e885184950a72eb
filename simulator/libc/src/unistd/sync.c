#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
void sync(void) { SYS0(SYS_sync); }
