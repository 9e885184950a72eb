#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/shm.h>
int shmget(key_t key, size_t size, int flags) { return (int)SYS3(SYS_shmget, key, size, flags); }
