#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/msg.h>
ssize_t msgrcv(int id, void *message, size_t size, long type, int flags) { return (ssize_t)CANCELLABLE(SYS5(SYS_msgrcv, id, message, size, type, flags)); }
