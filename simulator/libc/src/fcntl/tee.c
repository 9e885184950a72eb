#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/syscall.h>
ssize_t tee(int from, int to, size_t length, unsigned flags) { return (ssize_t)SYS4(SYS_tee, from, to, length, flags); }
