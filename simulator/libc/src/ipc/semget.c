#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/sem.h>
int semget(key_t key, int count, int flags) { return (int)SYS3(SYS_semget, key, count, flags); }
