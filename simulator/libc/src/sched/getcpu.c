#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sched.h>
int getcpu(unsigned *cpu, unsigned *node) { return (int)SYS3(SYS_getcpu, cpu, node, 0); }
