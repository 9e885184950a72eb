#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/statfs.h>
int fstatfs(int fd, struct statfs *st) { return (int)SYS2(SYS_fstatfs, fd, st); }
