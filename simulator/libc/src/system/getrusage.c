#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/resource.h>
int getrusage(int who, struct rusage *usage) { return (int)SYS2(SYS_getrusage, who, usage); }
