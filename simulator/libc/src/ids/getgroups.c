#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int getgroups(int size, gid_t groups[]) { return (int)SYS2(SYS_getgroups, size, groups); }
