#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int close_range(unsigned first, unsigned last, int flags) { return (int)SYS3(SYS_close_range, first, last, flags); }
