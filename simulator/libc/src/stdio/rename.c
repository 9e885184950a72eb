#define _GNU_SOURCE
#include <libc/syscall.h>
#include <stdio.h>
int rename(const char *from, const char *to) { return (int)SYS2(SYS_rename, from, to); }
