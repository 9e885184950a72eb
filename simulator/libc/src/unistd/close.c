#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <unistd.h>
int close(int fd) { return (int)CANCELLABLE(SYS1(SYS_close, fd)); }
