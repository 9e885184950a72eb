#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/sem.h>
int semop(int id, struct sembuf *operations, size_t count) { return (int)SYS3(SYS_semop, id, operations, count); }
