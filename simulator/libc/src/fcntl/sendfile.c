#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/sendfile.h>
ssize_t sendfile(int to, int from, off_t *at, size_t length) { return (ssize_t)SYS4(SYS_sendfile, to, from, at, length); }
