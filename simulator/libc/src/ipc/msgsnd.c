#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/msg.h>
int msgsnd(int id, const void *message, size_t size, int flags) { return (int)CANCELLABLE(SYS4(SYS_msgsnd, id, message, size, flags)); }
