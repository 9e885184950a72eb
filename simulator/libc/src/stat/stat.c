#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/syscall.h>
#include <sys/stat.h>
int stat(const char *path, struct stat *st) { return (int)SYS4(SYS_newfstatat, AT_FDCWD, path, st, 0); }
