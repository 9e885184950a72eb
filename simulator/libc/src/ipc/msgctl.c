#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/msg.h>
int msgctl(int id, int command, struct msqid_ds *buffer) { return (int)SYS3(SYS_msgctl, id, command, buffer); }
