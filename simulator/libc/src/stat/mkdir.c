#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/stat.h>
int mkdir(const char *path, mode_t mode) { return (int)SYS2(SYS_mkdir, path, mode); }
