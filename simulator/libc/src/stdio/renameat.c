#define _GNU_SOURCE
#include <libc/syscall.h>
#include <stdio.h>
int renameat(int fromdir, const char *from, int todir, const char *to) { return (int)SYS4(SYS_renameat, fromdir, from, todir, to); }
int renameat2(int fromdir, const char *from, int todir, const char *to, unsigned flags) { return (int)SYS5(SYS_renameat2, fromdir, from, todir, to, flags); }
