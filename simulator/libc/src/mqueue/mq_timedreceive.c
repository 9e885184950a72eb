#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <mqueue.h>
ssize_t mq_timedreceive(mqd_t mq, char *message, size_t length, unsigned *priority, const struct timespec *timeout) { return (ssize_t)CANCELLABLE(SYS5(SYS_mq_timedreceive, mq, message, length, priority, timeout)); }
