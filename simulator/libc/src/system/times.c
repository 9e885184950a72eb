#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/times.h>
clock_t times(struct tms *buffer) { return (clock_t)SYS1(SYS_times, buffer); }
