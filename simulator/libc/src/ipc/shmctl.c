#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/shm.h>
int shmctl(int id, int command, struct shmid_ds *buffer) { return (int)SYS3(SYS_shmctl, id, command, buffer); }
