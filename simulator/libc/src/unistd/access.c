#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int access(const char *path, int mode) { return (int)SYS2(SYS_access, path, mode); }
