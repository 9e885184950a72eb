#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/shm.h>
int shmdt(const void *address) { return (int)SYS1(SYS_shmdt, address); }
