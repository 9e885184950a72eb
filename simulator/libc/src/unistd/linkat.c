#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int linkat(int olddir, const char *from, int newdir, const char *to, int flags) { return (int)SYS5(SYS_linkat, olddir, from, newdir, to, flags); }
