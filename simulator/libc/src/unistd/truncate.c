#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int truncate(const char *path, off_t length) { return (int)SYS2(SYS_truncate, path, length); }
