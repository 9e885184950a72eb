#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int unlink(const char *path) { return (int)SYS1(SYS_unlink, path); }
