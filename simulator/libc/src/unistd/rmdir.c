#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int rmdir(const char *path) { return (int)SYS1(SYS_rmdir, path); }
