#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/sem.h>
int semtimedop(int id, struct sembuf *operations, size_t count, const struct timespec *timeout) { return (int)SYS4(SYS_semtimedop, id, operations, count, timeout); }
