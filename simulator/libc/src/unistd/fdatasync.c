#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <unistd.h>
int fdatasync(int fd) { return (int)CANCELLABLE(SYS1(SYS_fdatasync, fd)); }
