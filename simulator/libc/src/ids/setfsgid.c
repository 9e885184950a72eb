#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/fsuid.h>
int setfsgid(gid_t gid) { return (int)SYS1(SYS_setfsgid, gid); }
