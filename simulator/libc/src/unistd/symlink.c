#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int symlink(const char *target, const char *path) { return (int)SYS2(SYS_symlink, target, path); }
