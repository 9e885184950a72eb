#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/file.h>
int flock(int fd, int operation) { return (int)SYS2(SYS_flock, fd, operation); }
