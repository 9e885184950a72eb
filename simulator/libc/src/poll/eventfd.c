#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/eventfd.h>
int eventfd(unsigned value, int flags) { return (int)SYS2(SYS_eventfd2, value, flags); }
