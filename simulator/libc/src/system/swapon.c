#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/swap.h>
int swapon(const char *path, int flags) { return (int)SYS2(SYS_swapon, path, flags); }
