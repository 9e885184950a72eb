#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mount.h>
int fsconfig(int fd, unsigned command, const char *key, const void *value, int aux) { return (int)SYS5(SYS_fsconfig, fd, command, key, value, aux); }
