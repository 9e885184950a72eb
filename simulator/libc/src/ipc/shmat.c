#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/shm.h>
void *shmat(int id, const void *address, int flags) { return (void *)SYS3(SYS_shmat, id, address, flags); }
