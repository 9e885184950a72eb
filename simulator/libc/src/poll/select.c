#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/select.h>
int select(int count, fd_set *reads, fd_set *writes, fd_set *exceptions, struct timeval *timeout) { return (int)CANCELLABLE(SYS5(SYS_select, count, reads, writes, exceptions, timeout)); }
