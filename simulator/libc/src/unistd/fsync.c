#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <unistd.h>
int fsync(int fd) { return (int)CANCELLABLE(SYS1(SYS_fsync, fd)); }
