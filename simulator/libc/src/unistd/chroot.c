#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int chroot(const char *path) { return (int)SYS1(SYS_chroot, path); }
