#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/swap.h>
int swapoff(const char *path) { return (int)SYS1(SYS_swapoff, path); }
