#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/statfs.h>
int statfs(const char *path, struct statfs *st) { return (int)SYS2(SYS_statfs, path, st); }
