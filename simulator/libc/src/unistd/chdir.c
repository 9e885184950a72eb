#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int chdir(const char *path) { return (int)SYS1(SYS_chdir, path); }
